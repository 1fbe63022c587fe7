import type { Requests, Step } from "../model/adapter.ts";
import { type Address, kindOf } from "../model/address.ts";
import type { Plan } from "../model/plan.ts";
import { covers } from "../model/pointer.ts";
import type { Desk, Draft } from "./draft.ts";
import { referred } from "./names.ts";

/** Requests of an apply that nothing disturbs. Each change the adapter makes is one write. Before it the object is read, or for a create and an upgrade the list it will be in; and what it newly refers to. Nothing is read twice, and nothing that the plan makes. */
export function forecast(drafts: readonly Draft[], { input }: Desk): Plan["forecast"] {
  const ours = drafts.filter(({ change }) => change.by === "adapter" && change.action !== "release");
  const declared = new Set(input.kinds.filter((kind) => kind.declared).map(({ name }) => name));
  const making = (action: string) => ours.filter(({ change }) => change.action === action).map(({ change }) => change.address);
  const created = new Set<string>(making("create"));
  const made = new Set<string>([...created, ...making("upgrade")]);
  const readings = new Map<string, Step>();
  for (const draft of ours) {
    const { change, kind } = draft;
    if (!created.has(change.address)) readings.set(`object\n${change.address}`, { reading: "object", kind: kind.name });
    const listed = change.action === "create" || change.action === "upgrade";
    if (listed && !created.has(change.parent ?? ""))
      readings.set(`list\n${kind.name}\n${change.parent ?? ""}`, { reading: "list", kind: kind.name });
    for (const target of newlyReferred(draft, declared))
      if (!made.has(target)) readings.set(`reference\n${target}`, { reading: "object", kind: kindOf(target) });
  }
  return sum([...readings.values(), ...ours.map(({ change }) => change)].map(input.cost ?? one));
}

function one(step: Step): Requests {
  return "reading" in step ? { reads: 1, writes: 0 } : { reads: 0, writes: 1 };
}

function sum(all: readonly Requests[]): Requests {
  const total = { reads: 0, writes: 0 };
  for (const { reads, writes } of all) {
    total.reads += reads;
    total.writes += writes;
  }
  return total;
}

function newlyReferred({ change, kind }: Draft, declared: ReadonlySet<string>): readonly Address[] {
  if (!("desired" in change)) return [];
  const touched = kind.references.filter(
    ({ pointer }) => change.action === "create" || change.basedOn.some((one) => covers([pointer], one)),
  );
  return touched.filter((one) => declared.has(one.kind)).flatMap((one) => referred(change.desired, one, change.parent));
}
