import { type Address, kindOf, nameOf } from "../model/address.ts";
import type { Kind } from "../model/kind.ts";
import type { Change, Plan } from "../model/plan/plan.ts";
import type { Desired, Resource } from "../model/resource.ts";
import { mergeSpecs } from "./match/names.ts";

/**
 * Rebuilds the desired resources from a plan, for applying it without its manifests. Objects that
 * changes only refer to have an empty spec. An object whose id the ledger does not know is pinned
 * to the plan's id.
 */
export function declaredBy(
  plan: Plan,
  kinds: readonly Kind[],
  knownId: (address: Address) => string | undefined,
): Desired {
  const changes = new Map<Address, Change[]>();
  for (const change of plan.changes)
    changes.set(change.address, [...(changes.get(change.address) ?? []), change]);
  const pin = (address: Address, id: string | undefined) =>
    knownId(address) === undefined && id ? { pinnedId: id } : {};
  const own = [...changes].map(([address, all]) => ({
    ...resourceOf(address, all),
    ...pin(address, idOf(all)),
  }));
  const others = Object.entries(plan.refers).flatMap(([written, id]) => {
    const address = written as Address;
    return changes.has(address)
      ? []
      : { ...blank(address, parentOf(address, kinds)), ...pin(address, id) };
  });
  return { resources: [...own, ...others], digest: plan.basis.manifests, partial: true };
}

function idOf(changes: readonly Change[]): string | undefined {
  const [first] = changes;
  return first && "observed" in first ? first.observed.id : undefined;
}

function resourceOf(address: Address, changes: readonly Change[]): Resource {
  const [first] = changes;
  const gone = changes.find(({ action }) => action === "remove" || action === "forget");
  const beside = changes.flatMap((change) => ("beside" in change ? (change.beside ?? []) : []));
  const specs = changes.map((change) =>
    "desired" in change ? change.desired : change.observed.spec,
  );
  return {
    ...blank(address, first?.parent as Address | undefined),
    spec: specs.reduce(mergeSpecs, {}),
    ...(gone && { state: "absent", ...(gone.note !== undefined && { reason: gone.note }) }),
    ...(beside.length > 0 && { beside }),
    protect:
      changes.some(({ protect }) => protect) &&
      !changes.some(({ action }) => action === "unprotect"),
  };
}

function blank(address: Address, parent: Address | undefined): Resource {
  const nowhere = { file: "", line: 1, column: 1, endLine: 1, endColumn: 1, excerpt: "" };
  return {
    ...{
      address,
      kind: kindOf(address),
      name: nameOf(address),
      ...(parent !== undefined && { parent }),
    },
    ...{
      spec: {},
      state: "present",
      previously: [],
      protect: false,
      allowDuplicate: false,
      files: [],
    },
    locate: () => nowhere,
  };
}

/** A child's address contains its parent's name as second segment. */
function parentOf(address: Address, kinds: readonly Kind[]): Address | undefined {
  const kind = kinds.find(({ name }) => name === kindOf(address));
  const reference = kind?.references.find(({ pointer }) => pointer === kind.parent);
  return reference && (`${reference.kind}/${address.split("/")[1]}` as Address);
}
