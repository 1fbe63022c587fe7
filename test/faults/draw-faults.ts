import fc from "fast-check";
import { type InjectedFault, givenFaults } from "../../src/emulator/emulator.ts";
import { chance, type Draw, pick } from "./draw-account.ts";
import type { CrashPoint } from "./with-crash.ts";

/** An apply and what goes wrong with it. */
export interface Round {
  readonly parallelism: number;
  /** How many seconds after what was before it. */
  readonly after: number;
  /** Somebody else makes what this one is about to make: the nth thing of which that may be. */
  readonly overtaken?: number;
  /** How likely it is that something befalls a request, whatever. */
  readonly likely?: number;
  readonly faults: readonly InjectedFault[];
  /** When the process dies, if it does. */
  readonly dies?: CrashPoint;
}

/** How long it may take at most until what is written shows, in seconds, as the adapter is told. */
export const patience = 900;
/**
 * How old a list is at most, in seconds: as old as it may be; all of a story's are, unless the
 * environment says otherwise.
 */
export const oldest = 900;

/** Where something may go wrong, by the order in which it hurts. */
const places: readonly Pick<InjectedFault, "method" | "path">[] = [
  ...[
    { method: "POST", path: "/customers$" },
    { method: "POST", path: "/orders$" },
    { method: "POST", path: "/carts$" },
    { method: "POST", path: "/checkout$" },
    { method: "PATCH", path: "/orders/" },
    { method: "PATCH", path: "/subscriptions/" },
    { method: "POST", path: "/upgrades$" },
    { method: "POST", path: "/v1.0/users$" },
    { method: "PATCH", path: "/v1.0/users/" },
    { method: "DELETE", path: "/v1.0/users/" },
    { method: "POST", path: "/members/\\$ref" },
    { method: "DELETE", path: "/members/" },
    { method: "POST", path: "/directoryRoles$" },
    { method: "PUT", path: "/profiles/" },
  ],
  ...[
    { method: "GET", path: "/subscriptions(\\?|$)" },
    { method: "GET", path: "/subscriptions/" },
    { method: "GET", path: "/customers(\\?|$)" },
    { method: "GET", path: "/v1.0/users" },
    { method: "GET", path: "/members" },
    { method: "GET", path: "/profiles/" },
    { method: "GET", path: "/offers" },
    { method: "GET", path: "/carts/" },
    { method: "GET", path: "/provisioningstatus$" },
  ],
  { path: "/oauth2/" },
];

/** What must never happen twice, or be left half done. */
const once: typeof places = [
  { method: "POST", path: "/members/\\$ref" },
  { method: "POST", path: "/customers$" },
  { method: "POST", path: "/orders$" },
  { method: "POST", path: "/checkout$" },
  { method: "PATCH", path: "/orders/" },
  { method: "POST", path: "/upgrades$" },
];

const ofAll: readonly InjectedFault[] = [
  ...(["reset", "malformed", "cut", "expired-token"] as const).map((kind) => ({ kind })),
  ...[429, 500, 502, 503].map((status) => ({ kind: "status", status }) as const),
  { kind: "timeout" },
  { kind: "slow" },
  { kind: "lag", seconds: oldest },
];
/** What only makes a difference to a write. */
const ofWrites: readonly InjectedFault[] = [
  { kind: "lost" },
  { kind: "lost" },
  { kind: "etag" },
  { kind: "status", status: 403 },
  { kind: "timeout", effect: true },
  ...[500, 502, 503].map((status) => ({ kind: "status", status, effect: true }) as const),
];

/**
 * An apply that something may befall: anything with some probability, certain requests, or the
 * process itself.
 */
export function aRound(draw: Draw): Round {
  const what = chance(draw, 0.4)
    ? { likely: pick(draw, [0.02, 0.1, 0.3, 0.6]), faults: [] }
    : { faults: aimed(draw) };
  const dies = chance(draw, 0.25)
    ? { dies: { at: draw(fc.integer({ min: 1, max: 30 })), written: draw(fc.boolean()) } }
    : {};
  return {
    parallelism: pick(draw, [1, 3, 16]),
    after: pick(draw, [0, 0, 0, oldest / 2, patience, 2 * patience]),
    ...what,
    ...dies,
  };
}

/** The faults of an apply, none of which takes long. */
export function faultsOf({ likely, faults }: Round): readonly InjectedFault[] {
  return [...faults, ...(likely === undefined ? [] : givenFaults(String(likely)))].map(quick);
}

function aimed(draw: Draw): readonly InjectedFault[] {
  return Array.from({ length: draw(fc.integer({ min: 0, max: 6 })) }, () => aimedOnce(draw)).flat();
}

function aimedOnce(draw: Draw): readonly InjectedFault[] {
  const place = chance(draw, 0.4) ? pick(draw, once) : pick(draw, places);
  const read = place.method === "GET" || place.method === undefined;
  const kinds = read ? ofAll : chance(draw, 0.5) ? ofWrites : [...ofAll, ...ofWrites];
  const nth = pick(draw, [1, 1, 2, 2, 3, 4]);
  const fault: InjectedFault = {
    ...pick(draw, kinds),
    ...place,
    nth,
    times: pick(draw, [1, 1, 1, 1, 1, 5, 6, 30]),
  };
  // Whoever asks what became of it is told to slow down, for a while or for good.
  if (!read && chance(draw, 0.25))
    return [
      { ...fault, times: 1 },
      { kind: "status", status: 429, ...place, nth: nth + 1, times: pick(draw, [1, 3, 30, 30]) },
    ];
  return [fault];
}

/** An order may get no answer. */
export function ordering(draw: Draw): readonly InjectedFault[] {
  return chance(draw, 0.5)
    ? [
        {
          ...pick(draw, ofWrites),
          ...{ method: "POST", path: "/(orders|checkout)$", nth: pick(draw, [1, 2]) },
        },
      ]
    : [];
}

/** The same fault without the waiting. */
function quick(fault: InjectedFault): InjectedFault {
  return {
    ...fault,
    ...(fault.kind === "slow" && { seconds: 0.05 }),
    ...(fault.kind === "lag" && { seconds: oldest }),
    ...(fault.status === 429 && { retryAfter: "0.01" }),
  };
}
