import assert from "node:assert/strict";
import { address } from "../../model/address.ts";
import { valueAt } from "../../model/values/pointer.ts";
import { customer } from "../documents.ts";
import type { Scene } from "../scene.ts";
import { demandUntouched } from "./untouched.ts";

const fabrikam = address("Customer", "fabrikam");

/** Customers are created and updated. They are never removed. */
export const customers: readonly Scene[] = [
  {
    title: "customers › one is created, and a new plan is empty (promise 2)",
    needs: [{ kind: "Customer", verb: "create", fields: ["/domain", "/billing"] }],
    async play(stage) {
      await stage.reach(customer("fabrikam", stage.customerDomain("fabrikam")));
      assert.equal((await stage.live(fabrikam)).key, stage.customerDomain("fabrikam"));
    },
  },
  {
    title: "customers › a credential that was handed out came once, and names what it is for",
    needs: [{ kind: "Customer", verb: "create" }],
    async play(stage) {
      const handedOut = stage.delivered.filter((one) => one.address === fabrikam);
      assert(handedOut.length <= 1, "the credential was handed out more than once");
      for (const { purpose, userName, secret } of handedOut)
        assert(
          purpose === "customer-admin" && userName !== "" && secret !== "",
          "the credential says too little",
        );
    },
  },
  {
    title: "customers › the billing profile changes, the rest stays (promise 3)",
    needs: [
      { kind: "Customer", verb: "create" },
      { kind: "Customer", verb: "update", fields: ["/billing/email"] },
    ],
    async play(stage) {
      const before = await stage.live(fabrikam);
      await stage.reach(
        customer("fabrikam", stage.customerDomain("fabrikam"), {
          email: "billing@fabrikam.example",
        }),
      );
      const after = await stage.live(fabrikam);
      demandUntouched(before, after, ["/billing/email"]);
      assert.equal(valueAt(after.spec, "/billing/email"), "billing@fabrikam.example");
    },
  },
  {
    title: "customers › a second one lives beside the first",
    needs: [{ kind: "Customer", verb: "create" }],
    play: (stage) => stage.reach(customer("adatum", stage.customerDomain("adatum"))),
  },
];
