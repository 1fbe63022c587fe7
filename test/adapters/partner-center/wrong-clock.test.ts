import { expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../../src/emulator/emulator.ts";
import { apply } from "../../../src/operations/apply/apply.ts";
import { exampleAt } from "./example.ts";

// How long a write may stay unseen is counted by the service's own clock: what the machine's says
// beside it is of no matter.

test.each([-25, 0, 25])(
  "with a service whose clock is %i minutes off, what does not show is called undone after the lag alone",
  async (off) => {
    const emulator = await startEmulator({
      quirks: { lag: { users: 900 }, throttle: { perMinute: 0 } },
    });
    onTestFinished(() => emulator.close());
    const shop = await exampleAt(emulator);
    shop.edit("partnerctl.yaml", [
      "        poll: ",
      "        capabilities: { User: { lag: 900 } }\n        poll: ",
    ]);
    const applied = () =>
      shop.at(({ project, view, writers }) => {
        const now = () => new Date(emulator.control.now().getTime() - off * 60_000).toISOString();
        const own = Object.assign(
          Object.defineProperties({} as typeof view, Object.getOwnPropertyDescriptors(view)),
          { now },
        );
        return apply(project, own, writers, {
          actor: "li.wei",
          allow: ["irreversible"],
          interactive: false,
          parallelism: 1,
          confirm: async () => true,
        });
      });
    const created = () =>
      emulator.control
        .requests()
        .filter(({ method, url }) => method === "POST" && /\/users(\?|$)/.test(url)).length;
    const ended = async () =>
      (await shop.entries()).flatMap((one) =>
        one.type === "outcome" && one.address === "User/admin"
          ? [`${one.status} by ${one.by}`]
          : [],
      );
    emulator.control.addFault({ kind: "reset", method: "POST", path: "/users(\\?|$)", times: 1 });
    await applied();
    const sent = created();
    for (const seconds of [0, 600, 200]) {
      emulator.control.advance(seconds);
      const early = await applied();
      expect(early.plan?.problems).toContainEqual(
        expect.objectContaining({ code: "ledger/unsettled", address: "User/admin" }),
      );
      expect(created()).toBe(sent);
    }
    emulator.control.advance(150);
    await applied();
    expect(created()).toBe(sent + 1);
    expect(await ended()).toEqual([
      "unknown by reply",
      "unknown by reading",
      "failed by reading",
      "done by reply",
    ]);
  },
);
