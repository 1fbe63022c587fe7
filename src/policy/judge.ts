import type { Diagnostic } from "../model/diagnostic.ts";
import type { ProjectedObject, World } from "../model/kind.ts";
import type { Plan } from "../model/plan/plan.ts";
import type { PolicySubject } from "../model/policy.ts";
import type { Resource } from "../model/resource.ts";
import type { Rulebook } from "./compile.ts";
import { findings, type RuleSubject } from "./findings.ts";
import { dayTimestamp } from "./language.ts";
import { changeRecord, liveRecord, planRecord, resourceRecord } from "./records.ts";

/** Runs the policies on manifests. */
export function judgeManifests(
  book: Rulebook,
  resources: readonly Resource[],
  asked: PolicySubject,
): readonly Diagnostic[] {
  const manifests = recorded(resources);
  return findings(
    book,
    { resource: aboutManifests(manifests, shared(manifests, asked), asked) },
    asked,
  );
}

/** A plan before its digest is added, the manifests it was made from, and the account. */
export interface JudgedPlan {
  readonly plan: Omit<Plan, "digest">;
  readonly resources: readonly Resource[];
  readonly world: World;
  /** The kinds of objects that the account may contain. */
  readonly kinds: readonly string[];
}

/** Runs all policies on a plan and the manifests it was made from. */
export function judgePlan(
  book: Rulebook,
  { plan, resources, world, kinds }: JudgedPlan,
  asked: PolicySubject,
): readonly Diagnostic[] {
  const manifests = recorded(resources);
  const changes = plan.changes.map(changeRecord);
  const live = (items: (kind: string) => readonly ProjectedObject[]) => () =>
    kinds.flatMap((kind) => items(kind).map(liveRecord));
  const all = lazily(shared(manifests, asked), {
    plan: () => planRecord(plan, changes),
    account: live((kind) => world.before(kind)),
    after: live((kind) => world.after(kind)),
  });
  const byAddress = new Map(resources.map((one) => [one.address, one]));
  const change = plan.changes.map(({ kind, address }, index): RuleSubject => {
    const resource = byAddress.get(address);
    return {
      kind,
      address,
      ...(resource && { resource }),
      context: within(all, { change: changes[index] }),
    };
  });
  return findings(
    book,
    { resource: aboutManifests(manifests, all, asked), change, plan: [{ context: all }] },
    asked,
  );
}

interface Recorded {
  readonly resource: Resource;
  readonly record: object;
}

function recorded(resources: readonly Resource[]): readonly Recorded[] {
  return resources.map((resource) => ({ resource, record: resourceRecord(resource) }));
}

function aboutManifests(
  manifests: readonly Recorded[],
  around: object,
  { scope }: PolicySubject,
): readonly RuleSubject[] {
  const wanted = scope && new Set<string>(scope);
  const asked = wanted
    ? manifests.filter(
        ({ resource: { address, parent = "" } }) => wanted.has(address) || wanted.has(parent),
      )
    : manifests;
  return asked.map(({ resource, record }) => ({
    kind: resource.kind,
    address: resource.address,
    resource,
    context: within(around, { resource: record }),
  }));
}

function shared(manifests: readonly Recorded[], { today, environment }: PolicySubject): object {
  return lazily(
    { environment },
    { resources: () => manifests.map(({ record }) => record), today: () => dayTimestamp(today) },
  );
}

/** The context with additional variables. */
function within(around: object, own: Readonly<Record<string, unknown>>): object {
  return Object.assign(Object.create(around), own);
}

/** The context with additional variables, each computed on first access. */
function lazily(around: object, made: Readonly<Record<string, () => unknown>>): object {
  const known = new Map<string, unknown>();
  const context: object = Object.create(around);
  for (const [name, make] of Object.entries(made)) {
    const get = (): unknown => {
      if (!known.has(name)) known.set(name, make());
      return known.get(name);
    };
    Object.defineProperty(context, name, { get, enumerable: true });
  }
  return context;
}
