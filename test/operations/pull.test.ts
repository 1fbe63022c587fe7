import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Dump } from "../../src/emulator/emulator.ts";
import { pull } from "../../src/operations/export/pull.ts";
import { recordsOf } from "../faults/records.ts";
import { calm, setUpEmulator, setUpEmulatedProject } from "../faults/emulated-project.ts";

test("what somebody changed in the portal comes back over the wire, but for what was emptied, and then nothing else differs", async () => {
  const emulator = await setUpEmulator();
  onTestFinished(() => emulator.close());
  const shop = await setUpEmulatedProject(emulator);
  onTestFinished(shop.end);
  await calm(shop, emulator);
  // Long enough for what was applied to show: what differs from here on was changed by others.
  emulator.control.advance(2);
  emulator.control.restore(touched(emulator.control.dump()));
  const pulled = await shop.at(({ project, view }) => pull(project, view, {}));
  if (!pulled.ok) throw new Error(JSON.stringify(pulled.diagnostics));
  expect(pulled.value.done.map(({ address, pointer, value }) => [address, pointer, value])).toEqual(
    [
      ["User/wang-fang", "/displayName", "Wang Fangfang"],
      ["Subscription/tailspin/mail", "/quantity", 61],
    ],
  );
  expect(pulled.value.refused.map(({ code, address }) => [code, address])).toEqual([
    ["pull/emptied", "User/chen-jie"],
  ]);
  const files = pulled.value.files.map(({ source, text }) => ({
    path: join(shop.folder, source.path),
    text,
  }));
  for (const { path, text } of files) {
    expect(changedLines(readFileSync(path, "utf8"), text)).toBe(1);
    writeFileSync(path, text);
  }
  const left = (await shop.plan()).changes.filter(({ by }) => by === "adapter");
  expect(
    left.map(({ address, fields }) => [address, fields.map(({ pointer }) => pointer)]),
  ).toEqual([["User/chen-jie", ["/recovery/mobilePhone"]]]);
});

function touched(dump: Dump): Dump {
  const after = structuredClone(dump);
  const { customers, users } = recordsOf(after);
  for (const { subscriptions } of Object.values(customers))
    for (const one of Object.values(subscriptions))
      if (one.friendlyName === "mail") one.quantity = 61;
  for (const user of Object.values(users)) {
    if (user.properties.displayName === "Wang Fang")
      user.properties = { ...user.properties, displayName: "Wang Fangfang" };
    if (user.properties.displayName === "Chen Jie")
      user.properties = { ...user.properties, mobilePhone: null };
  }
  return after;
}

function changedLines(before: string, after: string): number {
  const lines = after.split("\n");
  return before.split("\n").filter((line, index) => line !== lines[index]).length;
}
