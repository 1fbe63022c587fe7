import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { canKeep, keepValue, readSecret } from "../../src/store/secrets/secret-source.ts";
import { english } from "../../src/model/text/phrase.ts";
import { withoutSecrets } from "../../src/model/text/secrets.ts";
import { folder } from "../cli/binary.ts";

afterEach(() => vi.unstubAllEnvs());

const node = (program: string): { readonly exec: readonly string[] } => ({
  exec: [process.execPath, "-e", program],
});

function place(root: string) {
  return { field: "secrets.clientSecret", root, base: root };
}

const said = async (source: Parameters<typeof readSecret>[0], seconds?: number) => {
  const read = await readSecret(source, {
    ...place(folder()),
    ...(seconds !== undefined && { seconds }),
  });
  return read.ok ? read.value : `${read.diagnostics[0]?.code}: ${read.diagnostics[0]?.message}`;
};

describe("a secret from a file", () => {
  test("is what the file holds, without the line break at its end", async () => {
    const root = folder();
    writeFileSync(join(root, "secret"), "canary-from-file\r\n");
    const read = await readSecret({ file: "secret" }, place(root));
    expect(read).toMatchObject({ ok: true, value: "canary-from-file" });
    expect(withoutSecrets("it is canary-from-file")).toBe("it is ***");
  });

  test("that is missing, empty or has several lines is refused", async () => {
    const root = folder();
    writeFileSync(join(root, "empty"), "\n");
    writeFileSync(join(root, "lines"), "canary-1\ncanary-2");
    const codes = await Promise.all(
      ["none", "empty", "lines"].map(async (file) => {
        const read = await readSecret({ file }, place(root));
        expect(JSON.stringify(read)).not.toContain("canary");
        return read.diagnostics[0]?.code;
      }),
    );
    expect(codes).toEqual(["file/unreadable", "secret/value", "secret/value"]);
  });

  test("is kept there again, for its owner alone", async () => {
    const root = folder();
    writeFileSync(join(root, "token"), "old-token-1");
    const source = { file: "token" };
    expect(canKeep(source, { root })).toBe(true);
    expect(await keepValue(source, "new-token-2", place(root))).toBeUndefined();
    expect(readFileSync(join(root, "token"), "utf8")).toBe("new-token-2\n");
    expect(statSync(join(root, "token")).mode & 0o777).toBe(0o600);
  });

  test("whose place is no folder cannot be kept, and the message says why", async () => {
    const root = folder();
    writeFileSync(join(root, "token"), "old-token-1");
    const why = await keepValue({ file: "token/below" }, "new-token-2", place(root));
    expect(english(why ?? "")).toMatch(
      /token\/below cannot be written: a file stands where a folder is needed/,
    );
    expect(why).not.toContain("new-token-2");
  });
});

describe("a secret from a command", () => {
  test("is what it prints; it runs without a shell, and its arguments mean what they say", async () => {
    const source = { exec: [process.execPath, "-p", "process.argv[1]", "$HOME;echo `id`"] };
    expect(await said(source)).toBe("$HOME;echo `id`");
  });

  test("gets PATH, and no variable that is not named for it", async () => {
    vi.stubEnv("PARTNER_CENTER_CLIENT_SECRET", "canary-of-another");
    vi.stubEnv("VAULT_ADDR", "https://vault.example");
    const program = node(
      "const { PATH, PARTNER_CENTER_CLIENT_SECRET: s, VAULT_ADDR: v } = process.env; console.log(PATH ? 'path' : 'none', s, v)",
    );
    expect(await said(program)).toBe("path undefined undefined");
    vi.stubEnv("PARTNERCTL_CHILD_ENVIRONMENT", "VAULT_ADDR");
    expect(await said(program)).toBe("path undefined https://vault.example");
  });

  test.each([
    ["ends with a failure", "console.error('canary-stderr'); process.exit(3)", "the status 3"],
    ["prints too much", "console.log('x'.repeat(2 ** 21))", "more than 1 MiB"],
    ["takes too long", "setInterval(() => {}, 1000)", "did not end within 0.3 seconds"],
  ])("that %s is named, with what to do", async (_, program, why) => {
    const seconds = why.includes("within") ? 0.3 : 60;
    const text = await said(node(program), seconds);
    expect(text).toContain("secret/command: The command ");
    expect(text).toContain(" for secrets.clientSecret failed: ");
    expect(text).toContain(why);
    expect(text).not.toContain("canary");
  });

  test("that is not there is named", async () => {
    expect(await said({ exec: ["no-such-tool-of-partnerctl"] })).toContain("ENOENT");
  });

  test("is kept by the command that is named for it, which reads it from stdin", async () => {
    const root = folder();
    const keep = [process.execPath, "-e", "process.stdin.pipe(fs.createWriteStream('kept'))"];
    const source = { ...node("console.log('first-token')"), keep };
    expect(canKeep(source, { root })).toBe(true);
    expect(canKeep(node(""), { root })).toBe(false);
    expect(await keepValue(source, "second-token", place(root))).toBeUndefined();
    expect(readFileSync(join(root, "kept"), "utf8")).toBe("second-token");
    const failing = { ...source, keep: [process.execPath, "-e", "process.exit(4)"] };
    const why = await keepValue(failing, "third-token", place(root));
    expect(english(why ?? "")).toContain("the status 4");
  });
});

test("a program beside the settings is found, and not one of the branch that is planned", async () => {
  const [root, base] = [folder(), folder()];
  for (const [where, word] of [
    [root, "of the branch"],
    [base, "of the base"],
  ] as const) {
    writeFileSync(join(where, "secret.sh"), `#!/bin/sh\necho "${word}"\n`);
    chmodSync(join(where, "secret.sh"), 0o755);
  }
  const read = await readSecret({ exec: ["./secret.sh"] }, { field: "secrets.x", root, base });
  expect(read).toMatchObject({ ok: true, value: "of the base" });
});
