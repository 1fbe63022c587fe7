import assert from "node:assert/strict";
import { address } from "../../model/address.ts";
import { declareAbsent, user } from "../documents.ts";
import type { Scene } from "../scene.ts";
import { demandUntouched } from "./untouched.ts";

const li = address("User", "li");

/** Users are created, updated, renamed and removed. */
export const users: readonly Scene[] = [
  {
    title: "users › one is created, and a new plan is empty (promise 2)",
    needs: [{ kind: "User", verb: "create", fields: ["/userPrincipalName", "/displayName"] }],
    async play(stage) {
      await stage.reach(
        user("li", {
          userPrincipalName: stage.userName("li"),
          displayName: "Li Wei",
          givenName: "Wei",
          surname: "Li",
          usageLocation: "CN",
        }),
      );
      assert.equal((await stage.live(li)).spec.displayName, "Li Wei");
    },
  },
  {
    title: "users › one field changes, the others stay (promise 3)",
    needs: [
      { kind: "User", verb: "create" },
      { kind: "User", verb: "update", fields: ["/displayName"] },
    ],
    async play(stage) {
      const before = await stage.live(li);
      await stage.reach(
        user("li", { userPrincipalName: stage.userName("li"), displayName: "李伟" }),
      );
      demandUntouched(before, await stage.live(li), ["/displayName"]);
    },
  },
  {
    title: "users › is blocked and let in again",
    needs: [
      { kind: "User", verb: "create" },
      { kind: "User", verb: "update", fields: ["/accountEnabled"] },
    ],
    async play(stage) {
      await stage.reach(
        user("li", { userPrincipalName: stage.userName("li"), accountEnabled: false }),
      );
      await stage.reach(
        user("li", { userPrincipalName: stage.userName("li"), accountEnabled: true }),
      );
    },
  },
  {
    title: "users › gets roles, other roles, and none",
    needs: [
      { kind: "User", verb: "create" },
      { kind: "User", verb: "update", fields: ["/roles/agent", "/roles/administrator"] },
    ],
    async play(stage) {
      for (const roles of [
        { agent: ["helpdesk", "sales"], administrator: "billing" },
        { agent: "admin", administrator: "global" },
        { agent: "none", administrator: "none" },
      ])
        await stage.reach(user("li", { userPrincipalName: stage.userName("li"), roles }));
    },
  },
  {
    title: "users › gets contacts to recover a password with, one after the other (promise 3)",
    needs: [
      { kind: "User", verb: "create" },
      {
        kind: "User",
        verb: "update",
        fields: ["/recovery/alternateEmail", "/recovery/mobilePhone"],
      },
    ],
    async play(stage) {
      await stage.reach(
        user("li", {
          userPrincipalName: stage.userName("li"),
          recovery: { alternateEmail: "li.wei@personal.example" },
        }),
      );
      const before = await stage.live(li);
      await stage.reach(
        user("li", {
          userPrincipalName: stage.userName("li"),
          recovery: { mobilePhone: "+86 13800000000" },
        }),
      );
      demandUntouched(before, await stage.live(li), ["/recovery/mobilePhone"]);
    },
  },
  {
    title: "users › is renamed, and is still the same one",
    needs: [
      { kind: "User", verb: "create" },
      { kind: "User", verb: "update", fields: ["/userPrincipalName"] },
    ],
    async play(stage) {
      const before = await stage.live(li);
      const renamed = {
        ...user("li", { userPrincipalName: stage.userName("li.wei") }),
        metadata: { name: "li", previously: [stage.userName("li")] },
      };
      await stage.reach(renamed);
      assert.equal((await stage.live(li)).id, before.id);
    },
  },
  {
    title: "users › many are created, and a reading yields them all (promise 1)",
    needs: [{ kind: "User", verb: "create" }],
    async play(stage) {
      const names = Array.from({ length: stage.subject.many ?? 25 }, (_, index) => `many${index}`);
      await stage.reach(
        ...names.map((name) =>
          user(name, { userPrincipalName: stage.userName(name), displayName: name }),
        ),
      );
      const keys = new Set((await stage.read({ kind: "User" })).map(({ key }) => key));
      assert.deepEqual(
        names.filter((name) => !keys.has(stage.userName(name))),
        [],
      );
    },
  },
  {
    title: "users › is removed, and is in no reading any more",
    needs: [
      { kind: "User", verb: "create" },
      { kind: "User", verb: "remove" },
    ],
    async play(stage) {
      const { id } = await stage.live(address("User", "many0"));
      await stage.reach(
        declareAbsent(user("many0", { userPrincipalName: stage.userName("many0") })),
      );
      assert.deepEqual(await stage.read({ kind: "User", id }), []);
    },
  },
];
