import { describe, expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import type { Spec } from "../../src/model/values/json.ts";
import type { Desired, Resource } from "../../src/model/resource.ts";
import { widenTargets } from "../../src/operations/plan/targets.ts";

interface Written {
  readonly address: string;
  readonly files?: readonly string[];
  readonly parent?: string;
  readonly spec?: Spec;
}

function resource({ address, files = [], parent, spec = {} }: Written): Resource {
  const [kind = ""] = address.split("/");
  return {
    address,
    kind,
    files,
    spec,
    ...(parent !== undefined && { parent }),
  } as unknown as Resource;
}

const fabrikam = { parent: "Customer/fabrikam" };
const desired: Desired = {
  resources: [
    resource({ address: "Customer/fabrikam", files: ["fabrikam.yaml"] }),
    resource({ address: "Customer/northwind", files: ["northwind.yaml"] }),
    resource({ address: "PartnerProfile" }),
    resource({
      address: "Subscription/fabrikam/office",
      files: ["fabrikam.yaml", "overlays/seats.yaml"],
      ...fabrikam,
    }),
    resource({
      address: "Subscription/fabrikam/visio",
      files: ["visio.yaml"],
      ...fabrikam,
      spec: { customer: "fabrikam", addOnOf: "office" },
    }),
    resource({
      address: "Subscription/northwind/office",
      files: ["northwind.yaml"],
      parent: "Customer/northwind",
    }),
    resource({ address: "User/li-wei", files: ["users.yaml"] }),
    resource({ address: "User/wang-fang", files: ["users.yaml"] }),
  ],
  digest: "sha256:0",
};
const among = (files: readonly string[]) => (file: string) => files.includes(file);
const [customer, office, visio] = [
  "Customer/fabrikam",
  "Subscription/fabrikam/office",
  "Subscription/fabrikam/visio",
];
const northwind = ["Customer/northwind", "Subscription/northwind/office"];

test.each([
  ["nothing asked for: no scope", {}, undefined],
  ["addresses", { only: ["User/li-wei", "Customer/fabrikam"] }, [customer, "User/li-wei"]],
  [
    "what it lives in, nothing that lives in it or beside it",
    { only: [office] },
    [customer, office],
  ],
  ["what it refers to, and what that lives in", { only: [visio] }, [customer, office, visio]],
  ["a kind", { only: ["User"] }, ["User/li-wei", "User/wang-fang"]],
  ["a kind of which there is one", { only: ["PartnerProfile"] }, ["PartnerProfile"]],
  [
    "a pattern, whose star ends at a slash",
    { only: ["Subscription/*/office"] },
    [customer, northwind[0], office, northwind[1]],
  ],
  ["a pattern of any kind", { only: ["*/li-w?i"] }, ["User/li-wei"]],
  [
    "a pattern is no regular expression",
    { only: ["User/(li|wang).*|li-wei", "User/li-wei"] },
    "User/(li|wang).*|li-wei",
  ],
  [
    "all but some",
    { except: ["Subscription", "User/li*"] },
    [customer, northwind[0], "PartnerProfile", "User/wang-fang"],
  ],
  ["all but what else needs", { only: [office], except: [customer] }, [office]],
  [
    "files that changed, overlays too",
    { isChanged: among(["overlays/seats.yaml"]) },
    [customer, office],
  ],
  [
    "files that changed, without some of it",
    { isChanged: among(["users.yaml"]), except: ["User/li-wei"] },
    ["User/wang-fang"],
  ],
  ["files that nothing was written in", { isChanged: among(["README.md"]) }, []],
  [
    "both, each once",
    { only: ["User/li-wei"], isChanged: among(["users.yaml", "visio.yaml"]) },
    [customer, office, visio, "User/li-wei", "User/wang-fang"],
  ],
])("%s", (_, options, expected) => {
  const scope = widenTargets(desired, kinds, options);
  if (typeof expected === "string")
    expect(scope).toMatchObject({
      ok: false,
      diagnostics: [{ message: expect.stringContaining(expected) }],
    });
  else expect(scope).toEqual({ ok: true, value: expected, diagnostics: [] });
});

test("what is to go brings along what it lives in, not what it refers to", () => {
  const resources = desired.resources.map((one) =>
    one.address === visio ? { ...one, state: "absent" as const } : one,
  );
  expect(widenTargets({ ...desired, resources }, kinds, { only: [visio] })).toMatchObject({
    value: [customer, visio],
  });
});

describe("what no manifest declares is an error of its own", () => {
  test.each([
    [
      "addresses",
      { only: ["User/li-wei", "User/nobody", "fabrikam"] },
      ["User/nobody", "fabrikam"],
    ],
    ["a pattern", { only: ["Subscription/office"] }, ["Subscription/office"]],
    [
      "what is to be left out: misspelt, it would not be",
      { except: ["Customer/fabrikan"] },
      ["Customer/fabrikan"],
    ],
    ["the same twice, once", { only: ["X"], except: ["X"] }, ["X"]],
  ])("%s", (_, options, unknown) => {
    const diagnostics = unknown.map((one) => ({
      code: "scope/unknown",
      message: `No manifest that was read declares ${one}.`,
    }));
    expect(widenTargets(desired, kinds, options)).toMatchObject({ ok: false, diagnostics });
  });
});
