import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../src/adapters/system-clock.ts";
import {
  type Dump,
  type Emulator,
  type InjectedFault,
  startEmulator,
} from "../../../src/emulator/emulator.ts";
import { type ApplyResult, apply } from "../../../src/operations/apply/apply.ts";
import type { View } from "../../../src/operations/project/project.ts";
import { settle } from "../../../src/operations/settle/settle.ts";
import { thisMachine } from "../../../src/store/ledger/file/machine.ts";
import type { ProjectHarness } from "../../operations/project-harness.ts";
import { exampleAt } from "./example.ts";

let emulator: Emulator;
let founded: Dump;

beforeAll(async () => {
  // Both lists show what was ordered after the documented quarter of an hour.
  emulator = await startEmulator({
    quirks: { lag: { orders: 900, subscriptions: 900 }, throttle: { perMinute: 0 } },
  });
  founded = emulator.control.dump();
});
beforeEach(() => {
  emulator.control.restore(founded);
  emulator.control.clearFaults();
  emulator.control.clearRequests();
});
afterAll(() => emulator.close());

/** A run whose clock is the emulator's. */
function applied(shop: ProjectHarness): Promise<ApplyResult> {
  return shop.at(({ project, view, writers }) =>
    apply(project, clocked(view), writers, {
      actor: "li.wei",
      allow: ["irreversible"],
      interactive: false,
      confirm: async () => true,
    }),
  );
}

function clocked(view: View): View {
  const own: View = Object.defineProperties({} as View, Object.getOwnPropertyDescriptors(view));
  return Object.assign(own, { now: () => emulator.control.now().toISOString() });
}

const isOrder = ({ method, url }: { readonly method: string; readonly url: string }) =>
  method === "POST" && url.endsWith("/orders");
const posted = (): number => emulator.control.requests().filter(isOrder).length;

function ordered(): readonly string[] {
  const customers = Object.values(emulator.control.dump().account.customers ?? {}) as readonly {
    readonly domain: string;
    readonly subscriptions: Readonly<Record<string, { readonly friendlyName: string }>>;
  }[];
  return customers
    .flatMap(({ domain, subscriptions }) =>
      Object.values(subscriptions).map((one) => `${domain}/${one.friendlyName}`),
    )
    .sort();
}

/** Moves the emulator's clock on through its control door. */
async function later(advance: string): Promise<void> {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(`${emulator.url}/_emulator/clock`, {
    method: "POST",
    headers,
    body: JSON.stringify({ advance }),
  });
  expect(reply.status).toBe(200);
}

const office = "Subscription/fabrikam/office";
const addOn = "Subscription/fabrikam/conferencing";
const status = ({ receipt }: ApplyResult, address: string) =>
  receipt?.results.find((one) => one.address === address)?.status;

/** How the ledger says the order ended, first to last. */
async function outcomes(shop: ProjectHarness): Promise<readonly string[]> {
  return (await shop.entries()).flatMap((one) =>
    one.type === "outcome" && one.address === office ? [`${one.status} by ${one.by}`] : [],
  );
}

/** The reply was lost, and a reading began to count how long the order may stay unseen. */
const counting = ["unknown by reply", "unknown by reading"];

test.each<
  readonly [
    string,
    InjectedFault,
    { readonly placed: boolean; readonly posts: number; readonly endings: readonly string[] },
  ]
>([
  [
    "was placed and whose reply was lost",
    { kind: "lost", method: "POST", path: "/orders$" },
    { placed: true, posts: 0, endings: [...counting, "done by reading"] },
  ],
  [
    "was answered with 503 and placed all the same",
    { kind: "status", status: 503, effect: true, method: "POST", path: "/orders$" },
    { placed: true, posts: 0, endings: [...counting, "done by reading"] },
  ],
  [
    "was lost on the way",
    { kind: "reset", method: "POST", path: "/orders$" },
    { placed: false, posts: 1, endings: [...counting, "failed by person", "done by reply"] },
  ],
])(
  "an order that %s is never posted again by itself: what shows is settled by reading, what does not by a person",
  async (_, fault, { placed, posts, endings }) => {
    const shop = await exampleAt(emulator);
    emulator.control.addFault(fault);
    const first = await applied(shop);
    expect([first.status, status(first, office), status(first, addOn)]).toEqual([
      "applied",
      "unknown",
      "skipped",
    ]);
    const before = posted();
    expect(ordered().includes("fabrikam.partner.onmschina.cn/office")).toBe(placed);
    for (const advance of ["PT5M", "PT9M"]) {
      await later(advance);
      const early = await applied(shop);
      expect(early.plan?.problems).toContainEqual(
        expect.objectContaining({ code: "ledger/unsettled", address: office }),
      );
      expect([status(early, office), posted()]).toEqual([undefined, before]);
    }
    await later("PT2M");
    if (!placed) {
      for (const advance of ["PT1S", "P2D"]) {
        await later(advance);
        expect([status(await applied(shop), office), posted()]).toEqual([undefined, before]);
      }
      const word = { change: `${office}#1`, didNotHappen: true, actor: "li.wei" } as const;
      expect(
        await shop.at(({ project, view, writers }) => settle(project, view, writers, word)),
      ).toEqual([]);
    }
    const third = await applied(shop);
    expect([status(third, office), status(third, addOn)]).toEqual([
      placed ? undefined : "done",
      "done",
    ]);
    expect(posted() - before).toBe(posts);
    expect(await outcomes(shop)).toEqual(endings);
    await later("PT16M");
    expect((await applied(shop)).plan?.changes.map(({ by }) => by)).toEqual(["manual"]);
    expect(ordered()).toEqual([...new Set(ordered())]);
    expect(ordered()).toHaveLength(7);
    expect(await shop.consistent()).toBe(true);
  },
);

test("an order whose reply was lost and that the list shows at once is settled within the run", async () => {
  emulator.control.setQuirks({ lag: { subscriptions: 0 } });
  onTestFinished(() => emulator.control.setQuirks({ lag: { subscriptions: 900 } }));
  const shop = await exampleAt(emulator);
  emulator.control.addFault({ kind: "lost", method: "POST", path: "/orders$" });
  const first = await applied(shop);
  expect(status(first, office)).toBe("done");
  expect(await outcomes(shop)).toEqual(["unknown by reply", "done by reading"]);
  expect(
    ordered().filter((one) => one.endsWith("fabrikam.partner.onmschina.cn/office")),
  ).toHaveLength(1);
});

test("one that shows after six minutes is settled then, without waiting for the rest of the quarter of an hour", async () => {
  emulator.control.setQuirks({ lag: { subscriptions: 360 } });
  onTestFinished(() => emulator.control.setQuirks({ lag: { subscriptions: 900 } }));
  const shop = await exampleAt(emulator);
  emulator.control.addFault({ kind: "lost", method: "POST", path: "/orders$" });
  await applied(shop);
  const before = posted();
  await later("PT7M");
  expect(status(await applied(shop), addOn)).toBe("done");
  expect([await outcomes(shop), posted()]).toEqual([[...counting, "done by reading"], before]);
});

test("an order whose reply was lost and that the list of orders shows is settled by that, however long the other list lags", async () => {
  emulator.control.setQuirks({ lag: { orders: 60, subscriptions: 86_400 } });
  onTestFinished(() => emulator.control.setQuirks({ lag: { orders: 900, subscriptions: 900 } }));
  const shop = await exampleAt(emulator);
  emulator.control.addFault({ kind: "lost", method: "POST", path: "/orders$" });
  await applied(shop);
  const before = posted();
  await later("PT2M");
  await applied(shop);
  expect((await outcomes(shop)).at(-1)).toBe("done by reading");
  expect(posted()).toBe(before);
  expect(ordered()).toEqual([...new Set(ordered())]);
});

test("lists that lag beyond what is declared: what was ordered stays open, and is never ordered again", async () => {
  emulator.control.setQuirks({ lag: { orders: 86_400, subscriptions: 86_400 } });
  onTestFinished(() => emulator.control.setQuirks({ lag: { orders: 900, subscriptions: 900 } }));
  const shop = await exampleAt(emulator);
  emulator.control.addFault({ kind: "lost", method: "POST", path: "/orders$" });
  await applied(shop);
  const before = posted();
  for (const advance of ["PT16M", "PT2H", "PT6H"]) {
    await later(advance);
    expect(status(await applied(shop), office)).toBeUndefined();
  }
  expect(await outcomes(shop)).toEqual(counting);
  expect(posted()).toBe(before);
  await later("P1D");
  await applied(shop);
  expect((await outcomes(shop)).at(-1)).toBe("done by reading");
  expect(ordered()).toEqual([...new Set(ordered())]);
});

test("by clocks that are 25 minutes wrong, on this machine or at the service, nothing is ordered again", async () => {
  for (const wrong of [25, -25]) {
    emulator.control.restore(founded);
    const shop = await exampleAt(emulator);
    const clock = { ...systemClock, now: () => new Date(Date.now() + wrong * 60_000) };
    shop.surround({ clock, machine: thisMachine() });
    emulator.control.addFault({ kind: "lost", method: "POST", path: "/orders$" });
    const here = () => shop.apply();
    await here();
    const before = posted();
    const early = await here();
    expect([status(early, office), posted()]).toEqual([undefined, before]);
    await later("PT16M");
    await here();
    expect((await outcomes(shop)).at(-1)).toBe("done by reading");
    expect(ordered()).toEqual([...new Set(ordered())]);
  }
});
