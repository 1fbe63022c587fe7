import type { Plan } from "../../src/model/plan/plan.ts";
import type { ApplyResult } from "../../src/operations/apply/apply.ts";
import { verify } from "../../src/store/ledger/index.ts";
import { counted, planOn, type CollisionHarness } from "./acts.ts";
import { founding, type Order, offers, ordersOf } from "./declared.ts";
import { ledgerOf } from "./desk.ts";
import { declaredLag, isPlain, type Story } from "./draw-story.ts";

/** The service's books and the ledger at one moment. */
export interface Snapshot {
  readonly orders: readonly Order[];
  /** The changes whose outcome nobody knows, by the ledger's entries. */
  readonly open: readonly string[];
  /**
   * Why changes are not made, by codes of the plan that is made then; empty where there is nothing
   * left to do.
   */
  readonly left: readonly string[];
  /** What that plan says of the ledger, each with the address that it is said of. */
  readonly told: readonly string[];
  readonly consistent: boolean;
  /** When it was looked, by the clock that is right. */
  readonly at: number;
}

/** What a story came to. */
export interface Findings {
  readonly violations: readonly string[];
  /** Why less is ordered than is declared. */
  readonly stuck: readonly string[];
  readonly applies: number;
  readonly orders: number;
  /**
   * What happened in it, as far as it was to: an order whose reply was lost, a holder that slept.
   */
  readonly mishaps: readonly string[];
  /** What each apply came to, a line each. */
  readonly course: readonly string[];
}

/** Looks at everything, by no code of the tool but the ledger's reader and one more plan. */
export async function snapshot(stage: CollisionHarness): Promise<Snapshot> {
  const { site, service } = stage;
  const [host] = site.hosts;
  if (!host) throw new Error("a story has a machine at least");
  const ledger = ledgerOf(site.story, host, {});
  const open = new Map<string, string>();
  for await (const entry of ledger.entries()) {
    if (entry.type === "intent") open.set(`${entry.run} ${entry.change}`, entry.change);
    if (entry.type === "outcome" && entry.status !== "unknown")
      open.delete(`${entry.run} ${entry.change}`);
  }
  const plan = await planOn(stage, host, site.story.plans.length - 1);
  const { consistent } = await verify(ledger);
  const told = toldIn(plan);
  return {
    orders: service.orders(),
    open: [...open.values()],
    left: leftIn(plan),
    told,
    consistent,
    at: stage.time.now(),
  };
}

/** What is planned, and waits for something else to be decided. */
const leftToDo = "left-to-do";

function leftIn({ changes, problems }: Plan): readonly string[] {
  const codes = problems
    .filter(({ severity }) => severity !== "note")
    .map(({ code, address }) => `${code} ${address ?? ""}`.trim());
  return [...codes, ...changes.map(({ id }) => `${leftToDo} ${id}`)];
}

interface Course {
  readonly plans: ReadonlyMap<number, Plan>;
  /** Once all saved plans were applied. */
  readonly before: Snapshot;
  /** Once the declared lag was over, and the actual one was not. */
  readonly overdue?: Snapshot;
  /** At the end. */
  readonly after: Snapshot;
}

/** Holds what is there against what the story says must be. */
export function judged(stage: CollisionHarness, { before, overdue, after }: Course): Findings {
  const { story } = stage.site;
  const last = story.plans.length - 1;
  const moments = { before, ...(overdue && { overdue }), after };
  const violations = [
    ...Object.entries(moments).flatMap(([when, { orders }]) =>
      excess(stage, orders).map((one) => `${one} (${when})`),
    ),
    ...Object.entries(moments).flatMap(([when, { consistent }]) =>
      consistent ? [] : [`the ledger does not verify (${when})`],
    ),
    ...[before, overdue].flatMap((one) => (one ? pastLimit(stage, one.orders) : [])),
    ...dearerThanReviewed(stage, before.orders),
    ...[overdue, after].flatMap((one) => (one ? unnamed(one) : [])),
    ...(overdue ? closed(stage, overdue) : []),
    ...notFoundDone(stage),
    ...stage.trouble.filter((one) => !one.startsWith("LedgerMoved")),
  ];
  const missing = lacking(after.orders, ordersOf(story, last));
  const reasons = [...new Set(after.left.map((one) => one.split(" ")[0] ?? ""))];
  const stuck = reasons.length > 1 ? reasons.filter((one) => one !== leftToDo) : reasons;
  if (missing.length > 0 && stuck.length === 0) violations.push(`lost: ${missing.join(", ")}`);
  if (stuck.length > 0 && !mayStick(story))
    violations.push(`stuck although nobody has to decide: ${after.left.join(", ")}`);
  return {
    violations,
    stuck,
    applies: stage.applications.length,
    orders: after.orders.length,
    mishaps: mishapsOf(stage),
    course: stage.applications.map(told),
  };
}

/** More than any version declares, or other than any does. */
function excess(
  { site: { story } }: CollisionHarness,
  orders: readonly Order[],
): readonly string[] {
  const versions = [founding, ...story.plans.map(({ version }) => version)].map((version) =>
    ordersOf(story, version),
  );
  const declared = new Set(versions.flatMap((version) => [...counted(version).keys()]));
  const most = byOffer(ordersOf(story, story.plans.length - 1));
  const twice = [...byOffer(orders)]
    .filter(([offer, count]) => count > (most.get(offer) ?? 0))
    .map(([offer, count]) => `ordered ${count} times: ${offer}`);
  return [
    ...twice,
    ...[...counted(orders).keys()]
      .filter((line) => !declared.has(line))
      .map((line) => `declared by nobody: ${line}`),
  ];
}

function byOffer(orders: readonly Order[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { domain, offer } of orders)
    counts.set(`${offer} for ${domain}`, (counts.get(`${offer} for ${domain}`) ?? 0) + 1);
  return counts;
}

function lacking(orders: readonly Order[], declared: readonly Order[]): readonly string[] {
  const there = counted(orders);
  return [...counted(declared).keys()].filter((line) => !there.has(line));
}

/** What was sent although no person had decided that it passes its limit. */
function pastLimit(
  { site: { story } }: CollisionHarness,
  orders: readonly Order[],
): readonly string[] {
  return story.limit && orders.some(({ offer }) => offer === offers.hall)
    ? [`sent past the limit for ${story.limit}`]
    : [];
}

/** What was ordered while there were but plans that were made, and reviewed, at lower prices. */
function dearerThanReviewed(
  { site: { story } }: CollisionHarness,
  orders: readonly Order[],
): readonly string[] {
  const isReviewed =
    !story.dearer || story.asleep?.settled || story.plans.some(({ early }) => !early);
  return !isReviewed && orders.some(({ offer }) => offer === offers.office)
    ? ["ordered at a price that nobody reviewed"]
    : [];
}

/** A person has to say whether something that nobody said was renamed is what it was before. */
function mayStick({ rename, declared }: Story): boolean {
  return !declared && (rename === "object" || rename === "both");
}

/**
 * What nobody knows the outcome of stays open until it shows, however long the adapter says that
 * takes.
 */
function closed(
  { site: { story }, doubts }: CollisionHarness,
  { open, at }: Snapshot,
): readonly string[] {
  const hidden = doubts.filter((since) => at - since < story.lag * 1000);
  return hidden.length > open.length ? ["an order that does not show yet is no longer open"] : [];
}

function toldIn({ problems }: Plan): readonly string[] {
  return problems
    .filter(({ code }) => code.startsWith("ledger/"))
    .map(({ address, message }) => `${address ?? ""}: ${message}`);
}

/**
 * What is open is what a plan speaks of, by its address or its own name: it may be what keeps
 * another address waiting.
 */
function unnamed({ open, told }: Snapshot): readonly string[] {
  return open
    .filter(
      (change) =>
        !told.some((text) => text.startsWith(`${change.split("#")[0]}: `) || text.includes(change)),
    )
    .map((change) => `open, and not named: ${change}`);
}

/**
 * In a story where nothing else happens, what one plan has done is found done by the next: nothing
 * of it is stale, and nobody is stopped.
 */
function notFoundDone({ site: { story }, applications }: CollisionHarness): readonly string[] {
  if (!isPlain(story)) return [];
  const results = applications
    .slice(1)
    .flatMap(({ receipt }, index) => (index < story.plans.length ? (receipt?.results ?? []) : []));
  return results.flatMap(({ change, status, code }) =>
    status.startsWith("done") ? [] : [`not found done: ${change} ${status} ${code}`],
  );
}

function mishapsOf({ site: { story }, doubts, applications }: CollisionHarness): readonly string[] {
  const slept = story.asleep && applications.some(({ status }) => status === "locked");
  return [
    ...(slept && story.asleep ? [`slept ${story.asleep.at}`] : []),
    ...(doubts.length > 0 ? [`reply lost ${story.lost}`] : []),
    ...(story.lag > declaredLag ? ["shown too late"] : []),
    ...(story.rename === "none" ? [] : ["renamed"]),
    ...(story.plans.some(({ forged }) => forged) ? ["forged"] : []),
    ...(story.limit ? ["limited"] : []),
  ];
}

function told({ status, receipt, plan, diagnostics }: ApplyResult): string {
  const results =
    receipt?.results.map(({ change, status, code = "" }) => `${change} ${status} ${code}`.trim()) ??
    [];
  const codes = [...(plan?.problems ?? []), ...diagnostics].map(({ code, address = "" }) =>
    `${code} ${address}`.trim(),
  );
  return [status, ...results, ...codes].join(", ");
}
