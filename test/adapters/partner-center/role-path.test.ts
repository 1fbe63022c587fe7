import { expect, onTestFinished, test } from "vitest";
import { partnerCenter } from "../../../src/adapters/partner-center/partner-center.ts";
import { startEmulator } from "../../../src/emulator/emulator.ts";
import type { Observed } from "../../../src/model/observed.ts";
import { context, folder, update } from "../changes.ts";
import { emulatorOptions } from "./emulated.ts";

const never = new AbortController().signal;

test.each([
  [{}, /^\/v1\.0\/directoryRoles\/roleTemplateId=[0-9a-f-]{36}\/members/],
  [{ rolePath: "segment" }, /^\/v1\.0\/directoryRoles\/roleTemplateId=[0-9a-f-]{36}\/members/],
  [{ rolePath: "key" }, /^\/v1\.0\/directoryRoles\(roleTemplateId='[0-9a-f-]{36}'\)\/members/],
])("a directory role is named in the form of the options: %j", async (options, form) => {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const adapter = partnerCenter(emulatorOptions(emulator.url, options), { root: folder() });
  onTestFinished(() => adapter.close());
  const users: Observed[] = [];
  for await (const one of adapter.read({ kind: "User" }, never)) users.push(one);
  const [admin] = users;
  if (admin === undefined) throw new Error("nobody");
  expect(admin.spec).toMatchObject({ roles: { administrator: "global" } });
  const changed = await adapter.write(
    update("User/admin", admin, { "/roles/administrator": "billing" }),
    context("r", { current: admin }),
  );
  expect(changed?.spec).toMatchObject({ roles: { administrator: "billing" } });
  const sent = emulator.control.requests().map(({ url }) => url);
  const named = sent.filter((url) => url.includes("roleTemplateId"));
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((url) => !form.test(url))).toEqual([]);
});
