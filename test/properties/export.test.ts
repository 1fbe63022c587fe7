import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Spec } from "../../src/model/values/json.ts";
import { setUpEngine, sourcesOf, type EngineHarness } from "../engine-harness.ts";
import { admin, anAccount } from "./accounts.ts";
import { act, expectEmpty, withChecks, withEngine, reach } from "./judged.ts";
import { runs } from "./runs.ts";

const offers = {
  e3: "5FA4F213-638C-5693-ADE5-924129D90D90",
  "business-premium": "15b8f35f-34d6-51af-ac5b-79a0222883a3",
  premium: "15B8F35F-34D6-51AF-AC5B-79A0222883A3",
};
const setting = { settings: { offers } };

/** Planning what the account exports has to find it all as it is, and all of it declared. */
async function expectRoundTrip(stage: EngineHarness): Promise<ReadonlyMap<string, string>> {
  const files = await stage.export();
  stage.declare(sourcesOf(files));
  const plan = await stage.plan();
  expectEmpty(plan);
  expect(plan).toMatchObject({ unmanaged: [], coverage: { unmanaged: 0, toCreate: 0 } });
  expect([...(await stage.export())]).toEqual([...files]);
  return files;
}

describe("an export", () => {
  test("of any account changes nothing, with its ledger and without, and is the same twice", async () => {
    const property = fc.asyncProperty(anAccount, fc.boolean(), (documents, aliased) =>
      withEngine(async (stage) => {
        await reach(stage, documents);
        await expectRoundTrip(stage);
        await expectRoundTrip(withChecks(setUpEngine(stage.adapter, aliased ? setting : {})));
      }, setting),
    );
    await fc.assert(property, runs(10));
  });

  test("makes another account the same but for its ids", async () => {
    const withoutIds = (files: ReadonlyMap<string, string>) =>
      [...files].map(([path, text]) => [path, text.replaceAll(/^ {2}id: .*\n/gm, "")] as const);
    // The user an account begins with is in the other one too, so it has to be in both.
    const withAdmin = anAccount.map((documents) =>
      documents.filter(
        ({ state, spec }) =>
          state !== "absent" || String(spec.userPrincipalName).toLowerCase() !== admin,
      ),
    );
    const property = fc.asyncProperty(withAdmin, (documents) =>
      withEngine(async (one) => {
        await reach(one, documents);
        const files = withoutIds(await one.export());
        await withEngine(async (other) => {
          other.declare(sourcesOf(files));
          await act(other);
          expect(withoutIds(await other.export())).toEqual(files);
        });
      }),
    );
    await fc.assert(property, runs(8));
  });

  test("calls things as the settings and the ledger do, and puts a customer's subscriptions beside it", async () => {
    await withEngine(async (stage) => {
      const address = {
        country: "CN",
        state: "SH",
        city: "Shanghai",
        addressLine1: "No. 1",
        postalCode: "200120",
      };
      const billing = {
        companyName: "Fabrikam",
        culture: "zh-CN",
        language: "zh-CHS",
        email: "a@fabrikam.example",
        address,
      };
      const document = (kind: string, name: string, spec: Spec) => ({
        apiVersion: "partnercenter/v1",
        kind,
        metadata: { name },
        spec,
      });
      await reach(stage, [
        document("Customer", "Fab", { domain: "fabrikam.partner.onmschina.cn", billing }),
        document("Subscription", "office", {
          customer: "Fab",
          offer: "premium",
          quantity: 3,
          friendlyName: "办公",
        }),
      ]);
      const files = await stage.export();
      expect([...files.keys()]).toEqual([
        "catalog-customization.yaml",
        "customers/fab.yaml",
        "partner-profile.yaml",
        "users.yaml",
      ]);
      expect(
        files.get("customers/fab.yaml")?.replaceAll(/^ {2}id: .*$/gm, "  id: …"),
      ).toMatchInlineSnapshot(`
        "apiVersion: partnercenter/v1
        kind: Customer
        metadata:
          name: Fab
          id: …
        spec:
          domain: fabrikam.partner.onmschina.cn
          billing:
            companyName: Fabrikam
            culture: zh-CN
            language: zh-CHS
            email: a@fabrikam.example
            address:
              country: CN
              city: Shanghai
              state: SH
              addressLine1: No. 1
              postalCode: "200120"
        ---
        apiVersion: partnercenter/v1
        kind: Subscription
        metadata:
          name: office
          id: …
        spec:
          customer: Fab
          offer: business-premium # Office 365 Business Premium
          quantity: 3
          billingCycle: monthly
          friendlyName: 办公
          status: active
        "
      `);
      const fresh = setUpEngine(stage.adapter);
      expect((await fresh.export()).get("customers/fabrikam.yaml")).toContain(
        "name: subscription\n",
      );
    }, setting);
  });
});
