import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/emulator.ts";
import { client } from "./client.ts";
import { beijing } from "../addresses.ts";

const customer = (domain: string): object => ({
  companyProfile: { domain: `${domain}.partner.onmschina.cn` },
  billingProfile: {
    email: "a@b.example",
    culture: "zh-CN",
    language: "zh-CHS",
    companyName: domain,
    defaultAddress: beijing,
  },
});
const place = (): string => mkdtempSync(join(tmpdir(), "emulator-"));

describe("an account in a file", () => {
  test("is there again after a stop, with the clock where it was moved to", async () => {
    const data = join(place(), "account.jsonl");
    const first = await startEmulator({ data, quirks: "none" });
    first.control.advance("P10D");
    const { body } = await (await client(first, "app"))("POST", "/v1/customers", {
      body: customer("one"),
    });
    const before = first.control.dump();
    await first.close();
    const second = await startEmulator({ data, quirks: "none" });
    expect(second.control.dump().account).toEqual(before.account);
    expect(second.control.now().getTime() - Date.now()).toBeGreaterThan(9 * 24 * 60 * 60 * 1000);
    expect((await (await client(second, "app"))("GET", `/v1/customers/${body.id}`)).status).toBe(
      200,
    );
    await second.close();
  });

  test("holds everything that was answered when the process is killed", async () => {
    const folder = place();
    const data = join(folder, "account.jsonl");
    const running = await started(folder, data);
    const ask = await client(running, "app");
    const answered: string[] = [];
    const asking = (async () => {
      for (let index = 0; index < 10_000; index += 1)
        answered.push(
          (await ask("POST", "/v1/customers", { body: customer(`c${index}`) })).body.id,
        );
    })().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 700));
    process.kill(running.pid, "SIGKILL");
    await asking;
    const again = await startEmulator({ data, quirks: "none" });
    expect(answered.length).toBeGreaterThan(5);
    expect(Object.keys(again.control.dump().account.customers ?? {})).toEqual(
      expect.arrayContaining(answered),
    );
    await again.close();
  });

  test("loses a torn last line and nothing else; a broken line before it is an error", async () => {
    const data = join(place(), "account.jsonl");
    const first = await startEmulator({ data, quirks: "none" });
    const { account } = first.control.dump();
    await first.close();
    appendFileSync(data, '[{"in":"customers","id":"x","val');
    const second = await startEmulator({ data, quirks: "none" });
    expect(second.control.dump().account).toEqual(account);
    await second.close();
    writeFileSync(data, `not JSON\n${readFileSync(data, "utf8")}`);
    await expect(startEmulator({ data })).rejects.toThrow(
      `${data}:1 is not a line of an emulator's data`,
    );
  });

  test("is the same for the same seed and requests, and another for another seed", async () => {
    const run = async (seed: string): Promise<unknown> => {
      const one = await startEmulator({ seed, quirks: "none" });
      const { body } = await (await client(one, "app"))("POST", "/v1/customers", {
        body: customer("one"),
      });
      await one.close();
      return body;
    };
    expect(await run("a")).toEqual(await run("a"));
    expect(await run("a")).not.toEqual(await run("b"));
  });
});

async function started(
  folder: string,
  data: string,
): Promise<{ readonly url: string; readonly pid: number }> {
  const program = join(folder, "emulator.mjs");
  await build({
    stdin: {
      contents: `import { startEmulator } from "./src/emulator/emulator.ts"; console.log((await startEmulator({ data: ${JSON.stringify(data)}, quirks: "none" })).url);`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    format: "esm",
    platform: "node",
    outfile: program,
    logLevel: "error",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise<string>((resolve) =>
    child.stdout.once("data", (text: Buffer) => resolve(text.toString().trim())),
  );
  return { url, pid: child.pid ?? 0 };
}
