import fc from "fast-check";
import { isSpec } from "../../src/model/values/json.ts";
import type { Document } from "../properties/accounts.ts";
import {
  aProfile,
  chance,
  type Declaration,
  type Draw,
  documentsOf,
  newBuyer,
  newPerson,
  pick,
} from "./draw-account.ts";
import { edit } from "./draw-changes.ts";
import { aDrift, before, noDrift } from "./draw-drift.ts";
import { aRound, oldest, ordering, type Round } from "./draw-faults.ts";
import { aSlip, type Slip } from "./draw-slip.ts";
import type { Incident } from "./drift.ts";
import type { Ordering } from "./emulated-project.ts";
import type { Aliased } from "./expected.ts";

/** What happens in the account, then what is declared, then how it is applied. */
export interface Chapter {
  /** Manifests that are to be refused, before anything else. */
  readonly slip?: Slip;
  readonly incidents: readonly Incident[];
  readonly declared: readonly Aliased[];
  readonly rounds: readonly Round[];
  /** The next manifests come before these were reached. */
  readonly hurried: boolean;
}

/** An account, changed again and again while things go wrong. */
export interface Story {
  /** Whether the ledger is on a branch, and every run on a fresh clone. */
  readonly git: boolean;
  /** How long a new subscription is pending, in seconds. */
  readonly provisioning: number;
  readonly orders: Ordering;
  /** For how many seconds what is new is missing from a list. */
  readonly lag: number;
  readonly chapters: readonly Chapter[];
}

/** The story of a seed: every other one orders by carts, unless the environment says how. */
export function storyOf(seed: number): Story {
  const orders = process.env.ORDERS ?? (seed % 2 === 0 ? "cart" : "direct");
  // Chances are to be what they say.
  const drawn = fc.noBias(
    fc.gen().map((generate) => told((arbitrary) => generate(() => arbitrary))),
  );
  const [story] = fc.sample(drawn, { seed, numRuns: 1 });
  if (story === undefined) throw new Error("every seed has a story");
  return { ...story, orders: orders === "cart" ? "cart" : "direct" };
}

function told(draw: Draw): Omit<Story, "orders"> {
  const all: Declaration = {
    profile: chance(draw, 0.5) ? draw(aProfile) : undefined,
    people: [],
    buyers: [],
    names: 0,
  };
  for (let left = draw(fc.integer({ min: 0, max: 4 })); left > 0; left -= 1)
    all.people.push(newPerson(draw, all));
  for (let left = draw(fc.integer({ min: 1, max: 4 })); left > 0; left -= 1)
    all.buyers.push(newBuyer(draw, all));
  const git = chance(draw, 0.04);
  const provisioning = pick(draw, [0, 0, 0, 0.03]);
  const lag = Number(process.env.LAG ?? oldest);
  const incidents = chance(draw, 0.5) ? before(draw, all) : [];
  const chapters: Chapter[] = [chapter(draw, all, { incidents, hurried: false })];
  for (let left = pick(draw, [0, 1, 1, 2, 3]); left > 0; left -= 1) {
    const hurried = chapters.at(-1)?.hurried ?? false;
    const slip = !hurried && chance(draw, 0.5) ? aSlip(draw, all) : undefined;
    const drift = hurried ? noDrift : aDrift(draw, all);
    edit(draw, all, { hurried, suspended: drift.suspended });
    chapters.push({
      ...(slip && { slip }),
      ...chapter(draw, all, { incidents: drift.incidents, hurried }),
    });
  }
  return { git, provisioning, lag, chapters };
}

/**
 * After one that was left before its end, whose orders may not show yet, the next one does not
 * wait.
 */
function chapter(
  draw: Draw,
  all: Declaration,
  before: { readonly incidents: readonly Incident[]; readonly hurried: boolean },
): Chapter {
  const { incidents } = before;
  const rounds = Array.from(
    { length: draw(fc.integer({ min: before.hurried ? 1 : 0, max: 3 })) },
    (_, index) => {
      const round = aRound(draw);
      return before.hurried && index === 0 ? { ...round, after: 0 } : round;
    },
  );
  const hurried = rounds.length > 0 && chance(draw, 0.45);
  // What somebody else made is adopted before the manifests go on.
  const told = rounds.map((one) =>
    hurried ? { ...one, faults: [...one.faults, ...ordering(draw)] } : overtakable(draw, one),
  );
  return { incidents, declared: declaredBy(all), rounds: told, hurried };
}

function overtakable(draw: Draw, round: Round): Round {
  return chance(draw, 0.35) ? { ...round, overtaken: draw(fc.nat(9)) } : round;
}

/** The manifests as they are now, and the keys that each thing may have or be given. */
function declaredBy(all: Declaration): readonly Aliased[] {
  const things = new Map<string, { readonly aliases: Set<string>; readonly pinned?: boolean }>([
    ...all.people.map((one) => [`User ${one.name}`, one] as const),
    ...all.buyers.map((one) => [`Customer ${one.name}`, one] as const),
    ...all.buyers.flatMap((buyer) =>
      buyer.subscriptions.map((one) => [`Subscription ${one.name}`, one] as const),
    ),
  ]);
  return documentsOf(all).map((document) => {
    const { aliases, pinned } = things.get(`${document.kind} ${document.metadata.name}`) ?? {};
    aliases?.add(keyOf(document));
    return { document, aliases: [...(aliases ?? [])], ...(pinned && { pinned }) };
  });
}

function keyOf({ kind, metadata, spec }: Document): string {
  const keys: Readonly<Record<string, unknown>> = {
    User: spec.userPrincipalName,
    Customer: spec.domain,
    Subscription: spec.friendlyName,
  };
  return String(keys[kind] ?? metadata.name);
}

/** A story in few lines: what differs from chapter to chapter, and what goes wrong. */
export function retold({ git, orders, provisioning, lag, chapters }: Story): string {
  const known = new Map<string, string>();
  const lines = chapters.flatMap(({ slip, incidents, declared, rounds, hurried }, index) => [
    `chapter ${index + 1}${slip ? ", after a slip" : ""}${hurried ? ", left before its end" : ""}`,
    ...incidents.map((one) => `  meanwhile ${JSON.stringify(one)}`),
    ...changesIn(declared, known).map((line) => `  ${line}`),
    ...rounds.map(
      (one) => `  apply ${JSON.stringify({ ...one, faults: one.faults.map(inShort) })}`,
    ),
  ]);
  return [
    `ledger in ${git ? "git" : "a file"}; orders: ${orders}; ${provisioning} s pending, lists ${lag} s behind`,
    ...lines,
  ].join("\n");
}

function inShort(fault: Round["faults"][number]): string {
  return Object.values(fault).join(" ");
}

function changesIn(declared: readonly Aliased[], known: Map<string, string>): readonly string[] {
  const now = new Map(
    declared.map(({ document, pinned }) => [
      addressOf(document),
      `${textOf(document)}${pinned ? " pinned" : ""}`,
    ]),
  );
  const gone = [...known.keys()].filter((address) => !now.has(address));
  const changed = [...now].filter(([address, text]) => known.get(address) !== text);
  known.clear();
  for (const [address, text] of now) known.set(address, text);
  return [
    ...gone.map((address) => `${address} is no longer declared`),
    ...changed.map(([address, text]) => `${address} ${text}`),
  ];
}

function addressOf({ kind, metadata, spec }: Document): string {
  return [kind, spec.customer, metadata.name].filter((part) => part !== undefined).join("/");
}

function textOf({ metadata, state, spec }: Document): string {
  const { billing, customer: _, ...own } = spec;
  const company = isSpec(billing) ? { billing: billing.companyName } : {};
  const previously =
    metadata.previously === undefined ? "" : ` previously ${JSON.stringify(metadata.previously)}`;
  return `${state === "absent" ? "absent" : JSON.stringify({ ...own, ...company })}${previously}`;
}
