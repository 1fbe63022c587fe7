import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, onTestFinished } from "vitest";
import { binary, folder, plain, type Said } from "../../cli/binary.ts";
import { partnerctl } from "../../cli/one-process.ts";

const contoso = join(import.meta.dirname, "../../../examples/contoso");

/** The example with an emulator that it is applied to. */
export interface AdapterHarness {
  readonly url: string;
  readonly root: string;
  /** What nobody may see. */
  readonly secrets: readonly string[];
  run(...args: readonly string[]): Promise<Said>;
}

/** The example as it stands, and an emulator in a process of its own, on a port that is free. */
export async function setUpAdapter(
  env: Readonly<Record<string, string>> = {},
): Promise<AdapterHarness> {
  const root = folder();
  cpSync(contoso, root, { recursive: true });
  rmSync(join(root, ".partnerctl"), { recursive: true, force: true });
  const running = execa(process.execPath, [binary, "emulator", "--port", "0", "--format", "json"], {
    ...plain,
    cwd: root,
  });
  const { url, clientSecret, refreshToken } = JSON.parse(
    await new Promise<string>((resolve) =>
      running.stdout?.once("data", (text: Buffer) => resolve(text.toString())),
    ),
  );
  onTestFinished(async () => {
    running.kill("SIGTERM");
    expect((await running).exitCode).toBe(0);
  });
  const settings = readFileSync(join(root, "partnerctl.yaml"), "utf8");
  // What its comment tells a reader to set is what the emulator takes.
  expect(settings).toContain(
    `export PARTNER_CENTER_CLIENT_SECRET=${clientSecret} PARTNER_CENTER_REFRESH_TOKEN=${refreshToken}\n`,
  );
  writeFileSync(join(root, "partnerctl.yaml"), settings.replaceAll("http://127.0.0.1:8021", url));
  const all = {
    ...env,
    PARTNER_CENTER_CLIENT_SECRET: clientSecret,
    PARTNER_CENTER_REFRESH_TOKEN: refreshToken,
    PARTNERCTL_ALLOWED_HOSTS: new URL(url).host,
  };
  return {
    url,
    root,
    secrets: [clientSecret, refreshToken],
    run: (...args) => partnerctl(root, [...args, "--env", "emulator"], { env: all }),
  };
}
