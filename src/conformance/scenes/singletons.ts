import assert from "node:assert/strict";
import { isSpec } from "../../model/values/json.ts";
import type { Observed } from "../../model/observed.ts";
import { singleton } from "../documents.ts";
import type { Scene } from "../scene.ts";
import type { Stage } from "../stage.ts";
import { demandUntouched } from "./untouched.ts";

/** Kinds with one object per account, which can only be updated. */
export const singletons: readonly Scene[] = [
  {
    title: "profile › the support section changes and changes back, the others stay (promise 3)",
    needs: [{ kind: "PartnerProfile", verb: "update", fields: ["/support"] }],
    async play(stage) {
      const before = await only(stage, "PartnerProfile");
      await stage.reach(singleton("PartnerProfile", { support: { telephone: "4008200199" } }));
      demandUntouched(before, await only(stage, "PartnerProfile"), ["/support/telephone"]);
      const support =
        isSpec(before.spec.support) && before.spec.support.telephone
          ? { telephone: before.spec.support.telephone }
          : { telephone: "4008200100" };
      await stage.reach(singleton("PartnerProfile", { support }));
    },
  },
  {
    title: "profile › the legal business profile's approver changes, its address stays (promise 3)",
    needs: [{ kind: "PartnerProfile", verb: "update", fields: ["/legalBusiness"] }],
    async play(stage) {
      const before = await only(stage, "PartnerProfile");
      await stage.reach(
        singleton("PartnerProfile", {
          legalBusiness: { companyApproverEmail: "approver@contoso.example" },
        }),
      );
      demandUntouched(before, await only(stage, "PartnerProfile"), [
        "/legalBusiness/companyApproverEmail",
      ]);
    },
  },
  {
    title: "catalogue › offers are featured, in order, and none again",
    needs: [
      { kind: "CatalogCustomization", verb: "update", fields: ["/featuredOffers"] },
      { offer: "plain" },
      { offer: "base" },
    ],
    async play(stage) {
      const ids = [
        ...new Set(
          [stage.offers.plain?.id, stage.offers.base?.id, stage.offers.source?.id].filter(
            (id) => id !== undefined,
          ),
        ),
      ];
      for (const featuredOffers of [ids, ids.toReversed(), []]) {
        await stage.reach(singleton("CatalogCustomization", { featuredOffers }));
        assert.deepEqual((await only(stage, "CatalogCustomization")).spec, { featuredOffers });
      }
    },
  },
];

async function only(stage: Stage, kind: string): Promise<Observed> {
  const [found, ...more] = await stage.read({ kind });
  assert.equal(more.length, 0, `there is more than one ${kind}`);
  return found ?? assert.fail(`there is no ${kind}`);
}
