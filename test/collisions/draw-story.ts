/** How the versions of the manifests name things: renamed from one plan on, or never. */
export type Rename = "none" | "object" | "parent" | "both";

/** What a plan says of itself that is not so. */
export const forgeries = [
  ...[
    "money",
    "seats",
    "tripped",
    "approvals",
    "requires",
    "refers",
    "ids",
    "basedOn",
    "fields",
    "authors",
  ],
  ...["desired", "head", "beside", "one more", "another customer", "reversible"],
] as const;

/** One of them. */
export type Forgery = (typeof forgeries)[number];

/**
 * A plan of the story, by its version of the manifests: what is declared grows from version to
 * version.
 */
export interface Planned {
  readonly version: number;
  /** It is made before anything is applied; otherwise just before it is itself. */
  readonly early: boolean;
  /** On which machine it is made and applied. */
  readonly machine: number;
  readonly forged?: Forgery;
  readonly detached: boolean;
}

/** The holder of the lease stops over its first order, and somebody else takes over. */
export interface Asleep {
  /** Between intent and send, or between the lease's last check and the socket. */
  readonly at: "before the check" | "after the check";
  readonly how: "machine suspended" | "process stopped";
  /** It never goes on where this is false. */
  readonly wakes: boolean;
  /** Somebody looks in the account meanwhile and says that what does not show did not happen. */
  readonly settled: boolean;
}

/** What keeps the big order back until a person has decided. */
export type Limit = "seats" | "money" | "approval";

/** Everything that happens, drawn from a seed. */
export interface Story {
  readonly seed: number;
  readonly ledger: "file" | "git";
  readonly backend: "local" | "emulator";
  readonly plans: readonly Planned[];
  /** The plans in the order in which they are applied. */
  readonly order: readonly number[];
  readonly rename: Rename;
  /** The first version with the new names. */
  readonly renamedIn: number;
  /** Whether the new names say what the old ones were. */
  readonly declared: boolean;
  /** Seconds until an order shows; the adapter says that it takes 900 at most. */
  readonly lag: number;
  /** The adapter tells the backend's own time. */
  readonly tellsTime: boolean;
  /** By how many seconds the clocks are off: the service's, and each machine's. */
  readonly skews: readonly [service: number, first: number, second: number];
  /** By how many seconds the time of day of the machine that applies is set, before each apply. */
  readonly jumps: readonly number[];
  /** Seconds from one apply to the next. */
  readonly pauses: readonly number[];
  readonly asleep?: Asleep;
  readonly lost?: "before the effect" | "after the effect";
  /** The last version orders something that passes this limit. */
  readonly limit?: Limit;
  /** Prices rise once all early plans are made. */
  readonly dearer: boolean;
  /** The ledger and the customer are still to be made when the first plans are. */
  readonly young: boolean;
  /**
   * From the second version on there is another one like the first order, which says that it is
   * another.
   */
  readonly like: boolean;
  /** The first plan is applied once more. */
  readonly again: boolean;
}

/** How long a write may take to show, as the adapter says. */
export const declaredLag = 900;

/**
 * The story of a seed: the same every time. In some, nothing happens but that plans are applied
 * which were all made before.
 */
export function storyOf(seed: number): Story {
  const draw = drawing(seed);
  const story = drawn(draw, seed);
  const [isQuiet, like] = [draw.chance(0.1), draw.chance(likeShare)];
  if (!isQuiet) return { ...story, like };
  const { asleep: _, lost: __, limit: ___, ...rest } = story;
  const plans = story.plans.map(({ forged: _, ...planned }) => ({
    ...planned,
    early: true,
    detached: false,
  }));
  return { ...rest, like: false, plans, rename: "none", dearer: false, young: false, again: false };
}

function drawn(draw: Drawing, seed: number): Omit<Story, "like"> {
  const count = draw.chance(0.4) ? 3 : 2;
  const rename = draw.one<Rename>("none", "none", "object", "object", "parent", "both");
  const ledger = draw.chance(gitShare) ? "git" : "file";
  const asleep = draw.chance(0.4) ? drawAsleep(draw, ledger) : undefined;
  const lost =
    !asleep && draw.chance(0.35)
      ? draw.one("before the effect" as const, "after the effect" as const)
      : undefined;
  const machine = () => (ledger === "git" ? draw.below(2) : 0);
  return {
    ...{ seed, ledger, backend: draw.chance(emulatorShare) ? "emulator" : "local", rename },
    plans: Array.from({ length: count }, (_, version) => ({
      ...{ version, early: draw.chance(0.75), machine: machine(), detached: draw.chance(0.12) },
      ...(draw.chance(0.3) && { forged: draw.one(...forgeries), detached: false }),
    })),
    order: draw.shuffled(Array.from({ length: count }, (_, index) => index)),
    renamedIn: 1 + draw.below(count - 1),
    declared: draw.chance(0.6),
    lag: draw.one(0, 0, 60 + draw.below(780), declaredLag, 1200 + draw.below(2400)),
    tellsTime: draw.chance(0.7),
    skews: [skew(draw), skew(draw), skew(draw)],
    jumps: Array.from({ length: count }, () => (draw.chance(0.3) ? skew(draw) : 0)),
    pauses: Array.from({ length: count }, () => draw.one(0, 1, 60, 310, 1000)),
    ...(asleep && { asleep }),
    ...(lost && { lost }),
    ...(draw.chance(0.35) && { limit: draw.one<Limit>("seats", "money", "approval") }),
    ...{ dearer: draw.chance(0.12), young: draw.chance(0.12), again: draw.chance(0.15) },
  };
}

/**
 * Whether nothing happens but that plans which were all made before are applied one after the
 * other.
 */
export function isPlain({
  plans,
  rename,
  asleep,
  lost,
  limit,
  dearer,
  young,
  again,
  like,
}: Story): boolean {
  const honest = plans.every(({ early, forged, detached }) => early && !forged && !detached);
  return (
    honest &&
    rename === "none" &&
    !asleep &&
    !lost &&
    !limit &&
    !dearer &&
    !again &&
    !young &&
    !like
  );
}

const gitShare = Number(process.env.COLLISIONS_GIT ?? 0.03);
const likeShare = Number(process.env.COLLISIONS_LIKE ?? 0.2);
const emulatorShare = Number(process.env.COLLISIONS_EMULATOR ?? 0.1);

function drawAsleep(draw: Drawing, ledger: Story["ledger"]): Asleep {
  const at = draw.chance(0.6) ? "before the check" : "after the check";
  const how = ledger === "git" && draw.chance(0.6) ? "machine suspended" : "process stopped";
  // Who may still be about to send cannot be said to have done nothing: between check and socket,
  // nobody says it.
  return {
    at,
    how,
    wakes: draw.chance(0.8),
    settled: at === "before the check" && draw.chance(0.5),
  };
}

/** Up to 25 minutes, either way. */
function skew(draw: Drawing): number {
  return draw.one(0, draw.below(3001) - 1500);
}

interface Drawing {
  below(limit: number): number;
  chance(probability: number): boolean;
  one<T>(...choices: readonly [T, ...T[]]): T;
  shuffled<T>(items: readonly T[]): readonly T[];
}

/** Numbers that look like chance and are the same for the same seed (mulberry32). */
function drawing(seed: number): Drawing {
  let state = Math.imul(seed, 0x9e3779b1) | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    chance: (probability) => next() < probability,
    one: (...choices) => choices[below(choices.length)] ?? choices[0],
    shuffled: (items) => {
      const left = [...items];
      return items.map(() => left.splice(below(left.length), 1)[0] as (typeof items)[number]);
    },
  };
}
