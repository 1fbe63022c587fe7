import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { test } from "vitest";
import { folder } from "../changes.ts";
import { emulatorOptions, start } from "./emulated.ts";

test("probe contoso", async () => {
  const root = folder();
  cpSync(join(import.meta.dirname, "../../../examples/contoso"), root, { recursive: true });
  const emulator = await start();
  const { secrets, capabilities, ...rest } = emulatorOptions(emulator.url);
  const env = { adapter: "partner-center", adapters: { "partner-center": { ...rest, requestsPerMinute: 500, secrets: { clientSecret: "${PC_SECRET}", refreshToken: "${PC_REFRESH}" } } } };
  const settings = readFileSync(join(root, "partnerctl.yaml"), "utf8");
  for (const f of ["users", "profile"]) { const p = join(root, `manifests/${f}.yaml`); writeFileSync(p, readFileSync(p, "utf8").replaceAll("@contoso.partner", "@contosopartner.partner")); }
  writeFileSync(join(root, "partnerctl.yaml"), `${settings}\n  emulator: ${JSON.stringify(env)}\n`);
  const s = secrets as Record<string, string>;
  const run = async (...args: string[]) => {
    const { stdout, stderr, exitCode } = await execa(process.execPath, ["/tmp/pc/dist/partnerctl.js", ...args, "--env", "emulator"], { cwd: root, reject: false, env: { PC_SECRET: s.clientSecret ?? "", PC_REFRESH: s.refreshToken ?? "", PARTNERCTL_ALLOWED_HOSTS: new URL(emulator.url).host, CI: "" } });
    console.log(`$ ${args.join(" ")} -> ${exitCode}\n${stdout}\n${stderr}`);
  };
  await run("check");
  await run("plan");
  console.log(emulator.control.counts());
  emulator.control.clearRequests();
  await run("apply", "--yes", "--allow", "irreversible");
  console.log(emulator.control.counts());
  emulator.control.clearRequests();
  await run("plan");
  console.log(emulator.control.counts());
  await emulator.close();
}, 60_000);
