import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startEmulator } from "../../../src/emulator/emulator.ts";
import { exampleAt } from "./example.ts";

const names = ["Global Administrator", "User Administrator", "Billing Administrator"];
const roles = ["none", "billing", "userManagement", "global"];
const moves = roles.flatMap((before) =>
  roles.filter((after) => after !== before).map((after) => [before, after] as const),
);

/**
 * Every move of a user from one administrator's role to another, broken off at its first or second
 * write.
 */
test.each(moves)(
  "from %s to %s: a move that was broken off half-way does not look done",
  async (before, after) => {
    for (const broken of ["POST", "DELETE"]) {
      const emulator = await startEmulator({ quirks: { throttle: { perMinute: 0 } } });
      try {
        const shop = await exampleAt(emulator);
        rmSync(join(shop.folder, "policies"), { recursive: true, force: true });
        shop.edit("partnerctl.yaml", [
          "        poll: ",
          "        capabilities: { User: { lag: 0 } }\n        poll: ",
        ]);
        const held = () => {
          const { users, roles: all } = emulator.control.dump().account as {
            readonly users: Readonly<
              Record<string, { readonly id: string; readonly userPrincipalName: string }>
            >;
            readonly roles: Readonly<
              Record<string, { readonly displayName: string; readonly members: readonly string[] }>
            >;
          };
          const wang =
            Object.values(users).find(({ userPrincipalName }) =>
              userPrincipalName.startsWith("wang.fang@"),
            )?.id ?? "";
          return Object.values(all).flatMap(({ displayName, members }) =>
            members.includes(wang) ? [displayName] : [],
          );
        };
        const users = (role: string) =>
          `    administrator: ${role}\n---\napiVersion: partnercenter/v1\nkind: User\nmetadata:\n  name: chen-jie`;
        shop.edit("manifests/users.yaml", [users("none"), users(before)]);
        await shop.apply();
        shop.edit("manifests/users.yaml", [users(before), users(after)]);
        emulator.control.addFault({
          kind: "status",
          status: 403,
          method: broken,
          path: "/directoryRoles/.*/members",
          times: 1,
        });
        await shop.apply();
        await shop.apply();
        expect(held()).toEqual(
          names.filter((_, index) => ["global", "userManagement", "billing"][index] === after),
        );
      } finally {
        await emulator.close();
      }
    }
  },
);
