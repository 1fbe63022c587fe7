import { expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import { type Address, address } from "../../src/model/address.ts";
import type { Observed } from "../../src/model/observed.ts";
import type { Desired, Resource } from "../../src/model/resource.ts";
import { readScope } from "../../src/operations/plan/read-scope.ts";
import type { Project } from "../../src/operations/project/project.ts";

function resource(kind: string, name: string, more: Partial<Resource> = {}): Resource {
  const location = {
    file: "",
    range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } },
  };
  return {
    address: address(
      kind,
      name,
      typeof more.parent === "string" ? more.parent.split("/")[1] : undefined,
    ),
    kind,
    name,
    spec: {},
    state: "present",
    previously: [],
    protect: false,
    allowDuplicate: false,
    files: [],
    locate: () => location as unknown as ReturnType<Resource["locate"]>,
    ...more,
  };
}

const live = (key: string, id = `id of ${key}`): Observed => ({
  kind: "Customer",
  id,
  key,
  spec: {},
});
const desired = {
  resources: [
    resource("Customer", "by-key", { spec: { domain: "By-Key.example" } }),
    resource("Customer", "pinned", { spec: { domain: "x.example" }, pinnedId: "ABC" }),
    resource("Customer", "bound", { spec: { domain: "y.example" } }),
    resource("Customer", "renamed", {
      spec: { domain: "z.example" },
      previously: ["old", "Old.example"],
    }),
    resource("Subscription", "office", { parent: "Customer/bound" as Address, spec: {} }),
  ],
} as Pick<Desired, "resources"> as Desired;
const state = {
  ids: { "Customer/bound": "1", "Customer/old": "2" },
  successors: { "1": "3" },
  open: {},
};
const project = { kinds, settings: {} } as unknown as Project;

function asked(scope?: readonly string[]) {
  const { whole, parents } = readScope(project, desired, {
    scope: scope as readonly Address[] | undefined,
    state,
  });
  const account = [
    live("by-key.example"),
    live("q", "abc"),
    live("moved", "1"),
    live("upgraded", "3"),
    live("old.example"),
    live("p", "2"),
    live("nobody"),
  ];
  return [
    account.filter((one) => whole?.(one)).map(({ key }) => key),
    (parents?.(account) ?? account).map(({ key }) => key),
  ];
}

test("everything a manifest may claim is read whole: by its key, its pin, what the ledger knows, and what it was before", () => {
  expect(asked()[0]).toEqual(["by-key.example", "q", "moved", "upgraded", "old.example", "p"]);
});

test("a narrowed plan reads whole what it is about, and the children of its parents", () => {
  expect(asked(["Customer/pinned"])).toEqual([["q"], ["q"]]);
  expect(asked(["Subscription/bound/office"])).toEqual([[], ["moved", "upgraded"]]);
});
