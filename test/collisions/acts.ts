import { lookAfterPurchases } from "../../src/conformance/look-after.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import { type ApplyResult, type ApplyOptions, apply } from "../../src/operations/apply/apply.ts";
import { planChanges } from "../../src/operations/plan/plan.ts";
import { demand } from "../engine-harness.ts";
import type { Process, Time } from "./clocks.ts";
import type { Order } from "./declared.ts";
import { type HostSession, openSession, type Host, type Site } from "./desk.ts";
import { beset, type Mishap } from "./mishaps.ts";
import type { Service } from "./service.ts";

/** A protection as a test may take it away from what is applied. */
export type Weaken = (desk: HostSession) => HostSession;

/** A story under way. */
export interface CollisionHarness {
  readonly site: Site;
  readonly time: Time;
  readonly service: Service;
  readonly weaken: Weaken;
  /** What each apply came to, and what was thrown. */
  readonly applications: ApplyResult[];
  readonly trouble: string[];
  /** When each order was sent whose reply was lost. */
  readonly doubts: number[];
}

/** A process that has everything open. */
export interface Opened {
  readonly desk: HostSession;
  readonly process: Process;
}

/** Starts a process on a host, in a checkout of a version. */
export function open(
  { site, service, weaken, time, doubts }: CollisionHarness,
  host: Host,
  { version, ...mishap }: Mishap & { readonly version: number },
): Opened {
  const process = host.machine.process();
  const adapter = beset(service.open(process.clock), {
    ...mishap,
    onLost: () => doubts.push(time.now()),
  });
  return { process, desk: weaken(openSession(site, host, { process, adapter, version })) };
}

async function within<T>(
  stage: CollisionHarness,
  host: Host,
  version: number,
  work: (desk: HostSession) => Promise<T>,
): Promise<T> {
  const { desk } = open(stage, host, { version });
  try {
    return await work(desk);
  } finally {
    await desk.writers.adapter.close?.();
  }
}

/** Plans a version on a host. */
export function planOn(stage: CollisionHarness, host: Host, version: number): Promise<Plan> {
  return within(stage, host, version, async ({ project, view }) =>
    demand(await planChanges(project, view, {})),
  );
}

/** What is applied, and how. */
export type Applying = Mishap &
  Partial<ApplyOptions> & { readonly host: Host; readonly version: number };

/** Applies once. */
export async function applyAt(
  { applications }: CollisionHarness,
  { project, view, writers }: HostSession,
  options: Partial<ApplyOptions>,
): Promise<ApplyResult> {
  const confirm = async () => true;
  const applied = await apply(project, view, writers, {
    actor: "li.wei",
    interactive: false,
    allow: ["irreversible"],
    confirm,
    ...options,
  });
  applications.push(applied);
  return applied;
}

/** Applies, again when the lease of somebody else is over. */
export async function applyOn(
  stage: CollisionHarness,
  { host, version, gate, lost, ...options }: Applying,
): Promise<ApplyResult> {
  for (let tries = 1; ; tries += 1) {
    const { desk } = open(stage, host, { version, ...(gate && { gate }), ...(lost && { lost }) });
    try {
      const applied = await applyAt(stage, desk, options);
      if (applied.status !== "locked" || tries === 3) return applied;
      await pass(stage, Math.ceil(applied.held?.leftSeconds ?? 0) + 1);
    } finally {
      await desk.writers.adapter.close?.();
    }
  }
}

/** A person says of each order that does not show that it did not happen. */
export function settleOn(stage: CollisionHarness, host: Host, version: number): Promise<void> {
  return within(stage, host, version, lookAfterPurchases);
}

/** Time passes everywhere. */
export async function pass({ time, service }: CollisionHarness, seconds: number): Promise<void> {
  service.pass(seconds);
  await time.pass(seconds);
}

/** How often each order is in the service's books. */
export function counted(orders: readonly Order[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { domain, offer, seats } of orders) {
    const line = `${seats} × ${offer} for ${domain}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return counts;
}
