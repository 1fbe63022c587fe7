import { type Address, address } from "../../src/model/address.ts";
import type { Support } from "../../src/model/adapter.ts";
import type { Location } from "../../src/model/diagnostic.ts";
import { digest } from "../../src/model/values/digest.ts";
import type { Spec } from "../../src/model/values/json.ts";
import type { ProjectedObject, Kind } from "../../src/model/kind.ts";
import { type Applied, noHash } from "../../src/model/ledger/ledger.ts";
import type { Observed } from "../../src/model/observed.ts";
import type { Change, Plan } from "../../src/model/plan/plan.ts";
import type { Resource } from "../../src/model/resource.ts";
import { plan } from "../../src/plan/plan.ts";
import type { PlanInput } from "../../src/plan/input.ts";
import { madeUpCode } from "../made-up-code.ts";

const plain = {
  schema: {},
  validate: () => true,
  singleton: false,
  declared: true,
  references: [],
  fixed: [],
  personal: [],
  exclusive: "never" as const,
  verbs: ["create", "update", "remove"] as const,
  key: (_spec: Spec, name: string) => name,
  complete: (spec: Spec) => spec,
  normalize: (spec: Spec) => spec,
  gone: () => false,
  rules: () => [],
  checks: () => [],
  impact: () => ({ reversible: "yes" as const }),
};

/**
 * A root object: its mail is its key and its region is fixed; tags are a set, and a lead may be
 * named.
 */
export const team: Kind = {
  ...plain,
  name: "Team",
  fixed: ["/mail", "/region"],
  renames: ["/mail"],
  personal: ["/mail"],
  exclusive: "allowed",
  references: [
    { pointer: "/lead", kind: "Team" },
    { pointer: "/friends", kind: "Team" },
  ],
  key: (spec, name) => String(spec.mail ?? name).toLowerCase(),
  complete: (spec) => ({ size: 1, ...spec }),
  normalize: (spec) => {
    const tags = spec.tags;
    const mail = spec.mail;
    return {
      ...spec,
      ...(Array.isArray(tags) && { tags: [...new Set(tags)].sort() }),
      ...(typeof mail === "string" && { mail: mail.toLowerCase() }),
    };
  },
  impact: (change) =>
    change.action === "remove"
      ? { reversible: "until", until: "P30D", destructive: true }
      : { reversible: "yes" },
  checks: (change, world) =>
    sizes(world.after("Team")) > 1000 && "desired" in change
      ? [{ severity: "error", code: madeUpCode("team/too-big"), message: "too big" }]
      : [],
};

function sizes(items: readonly ProjectedObject[]): number {
  return items.reduce((sum, { spec }) => sum + Number(spec.size ?? 0), 0);
}

/** A child of a team that costs money; its product upgrades from a to b alone. */
export const seat: Kind = {
  ...plain,
  name: "Seat",
  parent: "/team",
  fixed: ["/team", "/product"],
  duplicateKey: ["/product"],
  verbs: ["create", "update", "upgrade", "remove"],
  references: [
    { pointer: "/team", kind: "Team" },
    { pointer: "/base", kind: "Seat", scope: "parent" },
    { pointer: "/product", kind: "Product" },
  ],
  key: (spec, name) => String(spec.label ?? name),
  complete: (spec, name) => ({ label: name, ...spec }),
  gone: (spec) => spec.status === "off",
  replaces: (from, to) =>
    from.product === "a" && to.product === "b"
      ? "upgrade"
      : {
          severity: "error",
          code: madeUpCode("seat/no-upgrade"),
          message: "a upgrades to b, and nothing else does",
        },
  impact: (change) => {
    const perMonth = `${Number("desired" in change ? (change.desired.quantity ?? 0) : 0) * 10}.00`;
    const quantity = Number("desired" in change ? (change.desired.quantity ?? 0) : 0);
    return change.action === "create"
      ? {
          reversible: "no",
          money: { perMonth, committed: perMonth, currency: "CNY" },
          seats: quantity,
        }
      : { reversible: "yes" };
  },
};

/** A singleton that names an owner. */
export const house: Kind = {
  ...plain,
  name: "House",
  singleton: true,
  verbs: ["update"],
  references: [{ pointer: "/owner", kind: "Team" }],
  key: () => "",
  steps: (change) => [`set ${change.basedOn.join(" ")}`],
};

/** Only forgotten, never removed. */
export const client: Kind = {
  ...plain,
  name: "Client",
  verbs: ["create", "update"],
  key: (spec, name) => String(spec.domain ?? name),
};

/** Only observed. */
export const product: Kind = { ...plain, name: "Product", declared: false, verbs: [] };

export const kinds: readonly Kind[] = [house, team, client, seat, product];

/** Everything can be read and written. */
export const able: Support = {
  verbs: ["create", "update", "upgrade", "remove"],
  readable: [""],
  writable: [""],
  repeatable: [],
};

export const supports: Readonly<Record<string, Support>> = {
  House: able,
  Team: able,
  Client: able,
  Seat: able,
};

/** A manifest of a toy; a seat's team is taken from its spec. */
export function declare(
  kind: string,
  name: string,
  spec: Spec,
  more: Partial<Resource> = {},
): Resource {
  const parent = kind === "Seat" ? address("Team", String(spec.team)) : undefined;
  const own =
    kind === "House"
      ? address("House")
      : address(kind, name, kind === "Seat" ? String(spec.team) : undefined);
  const location = (pointer: string): Location => ({
    file: `${kind}.yaml`,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    excerpt: pointer,
  });
  return {
    address: own,
    kind,
    name,
    ...(parent && { parent }),
    spec,
    state: "present",
    previously: [],
    protect: false,
    allowDuplicate: false,
    files: [`${kind}.yaml`],
    locate: location,
    ...more,
  };
}

/** A live toy. */
export function live(
  kind: string,
  id: string,
  key: string,
  spec: Spec,
  more: Partial<Observed> = {},
): Observed {
  const parentId = kind === "Seat" ? { parentId: String(spec.team) } : {};
  return { kind, id, key, spec, ...parentId, ...more };
}

/** A ledger that knows these ids and has applied these fields. */
export function ledger(
  ids: Readonly<Record<string, string>> = {},
  fields: Readonly<Record<string, Spec>> = {},
  more: Partial<Applied> = {},
): Applied {
  return {
    id: (of) => ids[of],
    nameOf: (id, kind) =>
      Object.keys(ids).find((of) => ids[of] === id && of.startsWith(`${kind}/`)) as
        | Address
        | undefined,
    protects: () => false,
    removed: () => false,
    unsettled: () => [],
    doubts: () => [],
    sentOtherwise: () => undefined,
    alike: () => [],
    successor: (id) => id,
    matches: (of, pointer, value) => {
      const known = fields[of]?.[pointer];
      return known === undefined ? undefined : JSON.stringify(known) === JSON.stringify(value);
    },
    attested: () => false,
    open: () => undefined,
    ...more,
  };
}

/** What a plan of toys is made from besides; all of it has a default. */
export type GivenInput = Partial<Omit<PlanInput, "guards">> & {
  readonly guards?: Partial<PlanInput["guards"]>;
};

/** A plan of toys. */
export function planOf(
  resources: readonly Resource[],
  observed: readonly Observed[],
  more: GivenInput = {},
): Plan {
  return plan(inputOf(resources, observed, more));
}

/** What a plan of toys is made from. */
export function inputOf(
  resources: readonly Resource[],
  observed: readonly Observed[],
  { guards, ...more }: GivenInput = {},
): PlanInput {
  return {
    kinds,
    desired: { resources, digest: digest([]) },
    observed,
    applied: ledger(),
    supports,
    account: { id: "account", adapter: "toy" },
    guards: { share: 25, ...guards },
    exclusive: [],
    asOf: "2025-01-01",
    basis: { ledger: { id: "ledger", head: noHash }, manifests: digest([]), settings: digest({}) },
    ...more,
  };
}

/** A plan's changes in one line each: who, what, whose fields, after what. */
export function lines(made: Plan): readonly string[] {
  return made.changes.map((change) => {
    const fields =
      change.action === "create" || change.fields.length === 0
        ? ""
        : ` ${change.basedOn.join(" ")}`;
    const after = change.requires.length === 0 ? "" : ` after ${change.requires.join(", ")}`;
    return `${change.by === "manual" ? "manually: " : ""}${change.action} ${change.id}${fields}${after}`;
  });
}

/** A plan's problems in one line each. */
export function problems(made: Plan): readonly string[] {
  return made.problems.map(({ code, address: about }) => `${code} ${about ?? ""}`.trim());
}

/** The only change of a plan. */
export function only(made: Plan): Change {
  const [change, second] = made.changes;
  if (change === undefined || second !== undefined)
    throw new Error(`one change expected: ${lines(made).join("; ")}`);
  return change;
}

/** An address, said plainly. */
export function at(text: string): Address {
  return text as Address;
}
