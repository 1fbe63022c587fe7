import assert from "node:assert/strict";
import { address } from "../../model/address.ts";
import type { Observed } from "../../model/observed.ts";
import type { Change } from "../../model/plan/plan.ts";
import { customer, user } from "../documents.ts";
import type { Scene } from "../scene.ts";
import { drain, outcome, demandProblem, resend, sentTo } from "./again.ts";

const zhang = address("User", "zhang");
const northwind = address("Customer", "northwind");

/** Promises beyond the previous steps: repeated, stale and aborted writes, and aborted reads. */
export const promises: readonly Scene[] = [
  {
    title: "promises › to create a user that exists is a conflict (promise 4)",
    needs: [{ kind: "User", verb: "create" }],
    async play(stage) {
      await stage.reach(
        user("zhang", { userPrincipalName: stage.userName("zhang"), displayName: "Zhang Min" }),
      );
      await demandProblem(stage, { ...sentTo(stage, zhang), request: "create again" }, "conflict");
    },
  },
  {
    title: "promises › to create a customer that exists is a conflict (promise 4)",
    needs: [{ kind: "Customer", verb: "create" }],
    async play(stage) {
      await stage.reach(customer("northwind", stage.customerDomain("northwind")));
      await demandProblem(
        stage,
        { ...sentTo(stage, northwind), request: "create again" },
        "conflict",
      );
    },
  },
  {
    title:
      "promises › a customer created twice under one request id is created once, and its credential comes once (promise 6)",
    needs: [{ kind: "Customer", verb: "create", repeatable: "create" }],
    async play(stage) {
      const before = stage.delivered.filter((one) => one.address === northwind).length;
      const { id } = await stage.live(northwind);
      assert.equal((await resend(stage, sentTo(stage, northwind)))?.id, id);
      assert.equal(
        stage.delivered.filter((one) => one.address === northwind).length,
        before,
        "the credential was handed out again",
      );
    },
  },
  {
    title: "promises › an update twice under one request id happens once (promise 6)",
    needs: [
      { kind: "User", verb: "create" },
      { kind: "User", verb: "update", fields: ["/displayName"], repeatable: "update" },
    ],
    async play(stage) {
      await stage.reach(
        user("zhang", { userPrincipalName: stage.userName("zhang"), displayName: "张敏" }),
      );
      const before = await stage.live(zhang);
      assert.deepEqual((await resend(stage, sentTo(stage, zhang)))?.spec, before.spec);
      await stage.settled();
      assert.deepEqual(await stage.live(zhang), before, "the second time did something");
    },
  },
  {
    title: "promises › an update of what somebody else has changed since is a conflict (promise 4)",
    needs: [
      { kind: "User", verb: "create" },
      { kind: "User", verb: "update", fields: ["/displayName"] },
    ],
    async play(stage) {
      const old = await stage.live(zhang);
      await stage.reach(
        user("zhang", { userPrincipalName: stage.userName("zhang"), displayName: "Min Zhang" }),
      );
      await demandProblem(
        stage,
        { ...sentTo(stage, zhang), request: "late", current: old },
        "conflict",
      );
    },
  },
  {
    title: "promises › an update of what is not there is missing (promise 4)",
    needs: [
      { kind: "User", verb: "create" },
      { kind: "User", verb: "update", fields: ["/displayName"] },
    ],
    async play(stage) {
      const { change, context } = sentTo(stage, zhang);
      assert(change.action === "update");
      const nobody: Change = {
        ...change,
        observed: { ...change.observed, id: "00000000-0000-4000-8000-000000000000" },
      };
      await demandProblem(stage, { change: nobody, context, request: "nobody" }, "missing");
    },
  },
  {
    title: "promises › a removal of what is not there is missing, or done (promise 4)",
    needs: [
      { kind: "User", verb: "create" },
      { kind: "User", verb: "remove" },
    ],
    async play(stage) {
      const { change } = sentTo(stage, zhang);
      assert(change.action === "update");
      const { desired: _, patch: __, ...rest } = change;
      const gone: Change = {
        ...rest,
        action: "remove",
        observed: { ...change.observed, id: "00000000-0000-4000-8000-000000000000" },
      };
      const problem = await outcome(stage, {
        change: gone,
        context: sentTo(stage, zhang).context,
        request: "gone",
      });
      assert(
        problem === undefined || problem === "missing",
        `a removal of what is not there is ${problem}`,
      );
    },
  },
  {
    title: "promises › a reading stops at the signal (promise 7)",
    needs: [],
    async play({ adapter }) {
      const stopped = AbortSignal.abort();
      for (const kind of Object.keys(adapter.supports))
        await assert.rejects(
          async () => drain(adapter.read({ kind }, stopped)),
          `reading ${kind} went on after the signal`,
        );
    },
  },
  {
    title: "promises › a write that is stopped before it begins does not happen (promise 7)",
    needs: [
      { kind: "User", verb: "create" },
      { kind: "User", verb: "update", fields: ["/displayName"] },
    ],
    async play(stage) {
      const before = await stage.live(zhang);
      const { change, context } = sentTo(stage, zhang);
      await assert.rejects(
        stage.adapter.write(change, {
          ...context,
          requestId: "stopped",
          current: before,
          signal: AbortSignal.abort(),
        }),
      );
      await stage.settled();
      assert.deepEqual(await stage.live(zhang), before);
    },
  },
  {
    title: "promises › opened again, the account is the same, object by object",
    needs: [],
    async play(stage) {
      await stage.settled();
      const again = await stage.subject.adapter();
      for (const kind of Object.keys(again.supports)) {
        const byId = (left: Observed, right: Observed) => (left.id < right.id ? -1 : 1);
        assert.deepEqual(
          (await drain(again.read({ kind }, new AbortController().signal))).sort(byId),
          [...(await stage.read({ kind }))].sort(byId),
        );
      }
      await again.close?.();
    },
  },
  {
    title: "promises › and the whole story, planned once more, asks for nothing (promise 2)",
    needs: [],
    play: async (stage) => assert.deepEqual((await stage.plan()).changes, []),
  },
];
