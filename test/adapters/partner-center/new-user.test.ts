import { expect, test } from "vitest";
import { type InjectedFault, startEmulator } from "../../../src/emulator/emulator.ts";
import { sha256 } from "../../../src/model/values/digest.ts";
import { credentials } from "../../crash/scene.ts";
import { exampleAt } from "./example.ts";

const members = { method: "POST", path: "/members/" } as const;
test.each<readonly [string, InjectedFault]>([
  ["denied", { kind: "status", status: 403, ...members, times: 30 }],
  ["throttled", { kind: "status", status: 429, retryAfter: "0.01", ...members, times: 200 }],
  ["refused for its token", { kind: "expired-token", ...members, times: 30 }],
])(
  "a new user whose roles are %s is there all the same: no second password is made for it while lists lag",
  async (_, fault) => {
    const emulator = await startEmulator({
      quirks: { throttle: { perMinute: 0 }, lag: { users: 5 } },
    });
    try {
      const shop = await exampleAt(emulator);
      shop.edit("partnerctl.yaml", ["emulator-credentials", "credentials"]);
      emulator.control.addFault(fault);
      await shop.apply();
      emulator.control.clearFaults();
      await shop.apply();
      const { users } = emulator.control.dump().account as {
        readonly users: Readonly<
          Record<string, { readonly userPrincipalName: string; readonly passwordHash?: string }>
        >;
      };
      const last = new Map(
        (await credentials(shop, shop.kept.sink)).map(({ userName, secret }) => [
          userName,
          sha256(secret),
        ]),
      );
      const made = Object.values(users).filter(({ passwordHash }) => passwordHash !== undefined);
      expect(made.length).toBeGreaterThan(2);
      for (const { userPrincipalName, passwordHash } of made)
        expect(last.get(userPrincipalName), userPrincipalName).toBe(passwordHash);
    } finally {
      await emulator.close();
    }
  },
);
