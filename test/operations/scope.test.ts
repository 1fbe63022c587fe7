import { expect, test } from "vitest";
import type { Address } from "../../src/model/address.ts";
import type { Desired, Resource } from "../../src/model/resource.ts";
import { widen } from "../../src/operations/scope.ts";

const resource = (address: string, ...files: readonly string[]) => ({ address: address as Address, files }) as unknown as Resource;
const desired: Desired = {
  resources: [
    resource("Customer/fabrikam", "fabrikam.yaml"),
    resource("Subscription/fabrikam/office", "fabrikam.yaml", "overlays/seats.yaml"),
    resource("User/li-wei", "users.yaml"),
  ],
  digest: "sha256:0",
};

test.each([
  ["nothing asked for: no scope", {}, undefined],
  ["addresses", { only: ["User/li-wei", "Customer/fabrikam"] }, ["Customer/fabrikam", "User/li-wei"]],
  ["files that changed, overlays too", { changedFiles: ["overlays/seats.yaml"] }, ["Subscription/fabrikam/office"]],
  ["files that nothing was written in", { changedFiles: ["README.md"] }, []],
  [
    "both, each once",
    { only: ["User/li-wei"], changedFiles: ["users.yaml", "fabrikam.yaml"] },
    ["Customer/fabrikam", "Subscription/fabrikam/office", "User/li-wei"],
  ],
])("%s", (_, options, expected) => {
  expect(widen(desired, options)).toEqual({ ok: true, value: expected, diagnostics: [] });
});

test("an address that no manifest declares is an error of its own", () => {
  const scope = widen(desired, { only: ["User/li-wei", "User/nobody", "fabrikam"] });
  expect(scope).toMatchObject({
    ok: false,
    diagnostics: [{ code: "scope/unknown", message: expect.stringContaining("User/nobody") }, { code: "scope/unknown" }],
  });
});
