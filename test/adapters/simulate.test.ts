import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { AdapterUnusable } from "../../src/adapters/factory.ts";
import type { Problem } from "../../src/model/adapter.ts";
import type { Credential } from "../../src/model/credential.ts";
import type { Spec } from "../../src/model/values/json.ts";
import {
  all,
  context,
  create,
  credential,
  fabrikam,
  folder,
  open,
  update,
  wei,
} from "./changes.ts";
import { onSmallDisk } from "../store/disks.ts";

const never = new AbortController().signal;

test("what is written shows after the lag, in this process and in another", async () => {
  const root = folder();
  const adapter = open(root, { simulate: { lag: 0.2 } });
  expect(adapter.supports.User?.lag).toBe(0.2);
  const user = await adapter.write(create("User/wei", wei()), context("1", { credential }));
  expect(await all(adapter, "User")).toHaveLength(1);
  expect(await all(open(root, { simulate: { lag: 0.2 } }), "User")).toHaveLength(1);
  if (!user) throw new Error("no user");
  await adapter.write(update("User/wei", user, { "/displayName": "W" }), context("2"));
  expect(await all(adapter, "User", { id: user.id })).toEqual([]);
  await delay(250);
  expect(await all(adapter, "User", { id: user.id })).toMatchObject([
    { etag: "2", spec: { displayName: "W" } },
  ]);
  expect(await all(open(root, { simulate: { lag: 0.2 } }), "User")).toHaveLength(2);
});

const mishaps: readonly (readonly [string, Spec, Problem, number])[] = [
  ["failBefore", { kind: "Customer", nth: 1 }, "unavailable", 0],
  ["failAfter", { kind: "Customer", verb: "create", nth: 1 }, "unavailable", 1],
  ["lostReplies", { every: 1 }, "unknown-outcome", 1],
];

test.each(mishaps)(
  "%s: the first write is answered badly, with or without its effect, and hands out nothing",
  async (name, which, problem, customers) => {
    const adapter = open(folder(), { simulate: { [name]: which } });
    const delivered: Credential[] = [];
    await expect(
      adapter.write(create("Customer/fabrikam", fabrikam()), context("1", { delivered })),
    ).rejects.toMatchObject({ problem });
    expect(await all(adapter, "Customer")).toHaveLength(customers);
    expect(delivered).toEqual([]);
  },
);

test("after a failure that may have happened, the same request is answered without doing it again; where that cannot be, the outcome is unknown", async () => {
  const adapter = open(folder(), { simulate: { failAfter: { every: 2 } } });
  const change = create("Customer/fabrikam", fabrikam());
  await adapter.write(create("User/wei", wei()), context("1", { credential }));
  await expect(adapter.write(change, context("2"))).rejects.toMatchObject({
    problem: "unavailable",
  });
  expect(await adapter.write(change, context("2"))).toMatchObject({
    key: "fabrikam.partner.onmschina.cn",
  });
  await expect(
    adapter.write(
      create("User/li", wei({ userPrincipalName: "li@c.cn" })),
      context("3", { credential }),
    ),
  ).rejects.toMatchObject({ problem: "unknown-outcome" });
  expect(await all(adapter, "User")).toHaveLength(3);
});

test("chances are drawn the same way for the same seed", async () => {
  const draw = async () => {
    const adapter = open(folder(), { seed: "chances", simulate: { failBefore: { chance: 0.5 } } });
    const names = Array.from({ length: 20 }, (_, index) => `u${index}`);
    const ended: string[] = [];
    for (const name of names) {
      const write = adapter.write(
        create(`User/${name}`, wei({ userPrincipalName: `${name}@c.cn` })),
        context(name, { credential }),
      );
      ended.push(
        await write.then(
          () => "done",
          (error: { problem: string }) => error.problem,
        ),
      );
    }
    return ended;
  };
  const ended = await draw();
  expect(new Set(ended)).toEqual(new Set(["done", "unavailable"]));
  expect(await draw()).toEqual(ended);
});

test("every request takes its time, and stops at the signal", async () => {
  const adapter = open(folder(), { simulate: { latency: 5 } });
  const stop = AbortSignal.timeout(30);
  await expect(adapter.account(stop)).rejects.toThrow(/abort/i);
  await expect(
    adapter.write(
      create("User/wei", wei()),
      context("1", { credential, signal: AbortSignal.timeout(30) }),
    ),
  ).rejects.toThrow(/abort/i);
});

test("what is manual is neither stated nor shown", async () => {
  const adapter = open(folder(), {
    simulate: { manual: ["CatalogCustomization", "User/recovery", "PartnerProfile/billing"] },
  });
  expect(Object.keys(adapter.supports)).not.toContain("CatalogCustomization");
  expect(adapter.supports.User?.writable).toEqual([
    "/userPrincipalName",
    "/displayName",
    "/givenName",
    "/surname",
    "/accountEnabled",
    "/usageLocation",
    "/roles/agent",
    "/roles/administrator",
  ]);
  expect(adapter.supports.User?.readable).toEqual(adapter.supports.User?.writable);
  await expect(all(adapter, "CatalogCustomization")).rejects.toMatchObject({ problem: "rejected" });
  const [user] = await all(adapter, "User");
  const [profile] = await all(adapter, "PartnerProfile");
  expect(user?.spec).not.toHaveProperty("recovery");
  expect(Object.keys(profile?.spec ?? {})).toEqual(["legalBusiness", "organization", "support"]);
});

test("a full disk: the write did not happen, and is forgotten", async () => {
  await onSmallDisk(folder(), async (disk) => {
    const adapter = open(disk, { account: "account" });
    writeFileSync(join(disk, "filler"), Buffer.alloc(60 << 10));
    const displayName = "x".repeat(30_000);
    const writes = ["a", "b", "c"].map((name) =>
      adapter.write(
        create(`User/${name}`, wei({ userPrincipalName: `${name}@c.cn`, displayName })),
        context(name, { credential }),
      ),
    );
    for (const ended of await Promise.allSettled(writes))
      expect(ended).toMatchObject({ status: "rejected", reason: { problem: "unavailable" } });
    expect(await all(adapter, "User")).toHaveLength(1);
    await adapter.close?.();
  });
});

const wrongOptions: readonly (readonly [Spec, RegExp])[] = [
  [{ acount: "x" }, /: \/acount must NOT have additional properties\.$/],
  [{ account: 1 }, /\/account must be string/],
  [{ seed: true }, /\/seed must be string,number/],
  [{ simulate: [] }, /\/simulate must be object/],
  [
    { simulate: { lag: -1, pending: "x" } },
    /\/simulate\/lag must be >= 0; \/simulate\/pending must be number/,
  ],
  [
    { simulate: { failBefore: { every: 0, chance: 2 } } },
    /every must be >= 1; .*chance must be <= 1/,
  ],
  [{ simulate: { manual: ["User/recovery", 3] } }, /manual\/1 must be string/],
  [{ simulate: { manual: ["User/recovry"] } }, /User\/recovry is unknown/],
];

test.each(wrongOptions)("options that make no sense are said: %j", (options, message) => {
  expect(() => open(folder(), options)).toThrow(AdapterUnusable);
  expect(() => open(folder(), options)).toThrow(message);
});

test("writes under way at the same time share a sync, and nothing is written twice", async () => {
  const adapter = open(folder());
  await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      adapter.write(
        create(`User/u${index}`, wei({ userPrincipalName: `u${index}@c.cn` })),
        context(`${index}`, { credential }),
      ),
    ),
  );
  expect(adapter.syncs()).toBeLessThanOrEqual(3);
  expect(await all(adapter, "User")).toHaveLength(201);
  expect(await adapter.account(never)).toHaveProperty("principal");
});
