import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa, type Options } from "execa";
import { onTestFinished } from "vitest";
import { expectDocument } from "./printed.ts";

/** The binary as `npm test` has built it. */
export const binary = join(import.meta.dirname, "../../dist/partnerctl.js");

/** What a run of the binary said and how it ended. */
export interface Said {
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the binary in a folder, without a terminal and with nothing on its stdin; pipelines'
 * variables are taken away. What it prints as JSON has to be as its schema says.
 */
export async function partnerctl(
  folder: string,
  args: readonly string[],
  options: Options = {},
): Promise<Said> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [binary, ...args], {
    ...plain,
    cwd: folder,
    ...options,
    env: { ...plain.env, ...options.env },
  });
  expectDocument(args, String(stdout));
  return { status: exitCode, stdout: String(stdout), stderr: String(stderr) };
}

const unset = [
  "CI",
  "PARTNERCTL_MACHINE_LASTS",
  "PARTNERCTL_CREDENTIALS_LAST",
  "COLUMNS",
  "NO_COLOR",
  "FORCE_COLOR",
  "GITHUB_ACTOR",
  "GITHUB_SHA",
  "GITHUB_EVENT_PATH",
  "GITLAB_CI",
  "GITLAB_USER_LOGIN",
  "CI_COMMIT_SHA",
  "NODE_EXTRA_CA_CERTS",
  "NODE_OPTIONS",
  "LC_ALL",
  "LC_MESSAGES",
  "LANG",
];

/** What every run is started with. */
export const plain = {
  reject: false,
  stdin: "ignore",
  stripFinalNewline: false,
  env: Object.fromEntries(unset.map((name) => [name, undefined])),
} as const satisfies Options;

/** A new folder that is removed after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "partnerctl-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A new folder with these files in it. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const path = folder();
  write(path, files);
  return path;
}

/** Writes files into a folder. */
export function write(path: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
}

/** Settings of a project with an account of its own, with what is to go wrong in it. */
export function settings(simulate: object = {}, more: object = {}): string {
  return JSON.stringify({
    apiVersion: "partnercenter/v1",
    kind: "Settings",
    adapters: { local: { simulate } },
    credentials: { recipients: ["age193gwh9z29uaav2dqcnckumaml8e460033vs7d6mvq3w03tl0re8qa5382f"] },
    ...more,
  });
}

/** Users by name, as one manifest file. */
export function users(...names: readonly string[]): string {
  return names
    .map((name) =>
      manifest("User", name, {
        userPrincipalName: `${name}@contoso.partner.onmschina.cn`,
        displayName: name,
        recovery: { alternateEmail: `${name}@mail.example` },
      }),
    )
    .join("---\n");
}

/** One manifest. */
export function manifest(
  kind: string,
  name: string | undefined,
  spec: object,
  more: object = {},
): string {
  return `${JSON.stringify({ apiVersion: "partnercenter/v1", kind, ...(name !== undefined && { metadata: { name } }), ...more, spec }, null, 2)}\n`;
}
