import assert from "node:assert/strict";
import { address } from "../../model/address.ts";
import type { Spec } from "../../model/values/json.ts";
import { declareAbsent, subscription } from "../documents.ts";
import type { OfferUse } from "../offers.ts";
import { seats } from "../offers.ts";
import type { Requirement, Scene } from "../scene.ts";
import type { Stage } from "../stage.ts";
import { demandUntouched } from "./untouched.ts";

const office = address("Subscription", "office", "fabrikam");
const ordered: readonly Requirement[] = [
  { kind: "Customer", verb: "create" },
  { kind: "Subscription", verb: "create", fields: ["/offer", "/quantity"] },
  { offer: "plain" },
];

/** Subscriptions are ordered, changed, suspended, upgraded and removed, and never ordered twice. */
export const subscriptions: readonly Scene[] = [
  {
    title: "subscriptions › one is ordered, and a new plan is empty (promise 2)",
    needs: ordered,
    async play(stage) {
      await stage.reach(subscription("office", spec(stage, "plain")));
      const { parentId } = await stage.live(office);
      assert.equal(
        parentId,
        (await stage.live(address("Customer", "fabrikam"))).id,
        "its parent is not its customer",
      );
      assert.equal(
        (await stage.read({ kind: "Subscription", ...(parentId !== undefined && { parentId }) }))
          .length,
        1,
        "one order made more than one subscription",
      );
    },
  },
  {
    title: "subscriptions › another customer has none of it (promise 1)",
    needs: ordered,
    play: async (stage) =>
      assert.deepEqual(
        await stage.read({
          kind: "Subscription",
          parentId: (await stage.live(address("Customer", "adatum"))).id,
        }),
        [],
      ),
  },
  {
    title: "subscriptions › more seats, fewer seats, the rest stays (promise 3)",
    needs: [...ordered, { kind: "Subscription", verb: "update", fields: ["/quantity"] }],
    async play(stage) {
      const before = await stage.live(office);
      for (const quantity of [seats + 5, seats + 1])
        await stage.reach(subscription("office", { ...spec(stage, "plain"), quantity }));
      demandUntouched(before, await stage.live(office), ["/quantity"]);
    },
  },
  {
    title: "subscriptions › gets another friendly name, and is still the same one",
    needs: [...ordered, { kind: "Subscription", verb: "update", fields: ["/friendlyName"] }],
    async play(stage) {
      const before = await stage.live(office);
      await stage.reach(
        subscription("office", { offer: before.spec.offer ?? "", friendlyName: "北京分公司" }),
      );
      demandUntouched(before, await stage.live(office), ["/friendlyName"]);
    },
  },
  {
    title: "subscriptions › is suspended and active again",
    needs: [...ordered, { kind: "Subscription", verb: "update", fields: ["/status"] }],
    async play(stage) {
      for (const status of ["suspended", "active"])
        await stage.reach(subscription("office", { offer: stage.offers.plain?.id ?? "", status }));
    },
  },
  {
    title: "subscriptions › an add-on is ordered with what it adds to, in one go",
    needs: [...ordered, { offer: "addOn" }, { offer: "base" }],
    async play(stage) {
      await stage.reach(
        subscription("base", spec(stage, "base")),
        subscription("extra", { ...spec(stage, "addOn"), addOnOf: "base" }),
      );
      const base = await stage.live(address("Subscription", "base", "fabrikam"));
      assert.equal(
        (await stage.live(address("Subscription", "extra", "fabrikam"))).spec.addOnOf,
        base.id,
        "addOnOf is not the id of what it adds to",
      );
    },
  },
  {
    title: "subscriptions › is upgraded, and lives on under a new id",
    needs: [
      ...ordered,
      { kind: "Subscription", verb: "upgrade" },
      { offer: "source" },
      { offer: "target" },
    ],
    async play(stage) {
      const at = address("Subscription", "small", "adatum");
      await stage.reach(subscription("small", { ...spec(stage, "source"), customer: "adatum" }));
      const before = await stage.live(at);
      await stage.reach(subscription("small", { ...spec(stage, "target"), customer: "adatum" }));
      const after = await stage.live(at);
      assert.notEqual(after.id, before.id);
      assert.deepEqual(
        await stage.read({ kind: "Subscription", id: before.id }),
        [],
        "what was upgraded still lives under its old id",
      );
    },
  },
  {
    title: "subscriptions › is removed, which satisfies its tombstone",
    needs: [...ordered, { kind: "Subscription", verb: "remove" }],
    play: (stage) =>
      stage.reach(declareAbsent(subscription("office", { offer: stage.offers.plain?.id ?? "" }))),
  },
];

function spec({ offers }: Stage, use: OfferUse): Spec {
  return { offer: offers[use]?.id ?? "", quantity: seats, billingCycle: "monthly" };
}
