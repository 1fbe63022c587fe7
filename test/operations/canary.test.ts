import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { kinds } from "../../src/kinds/index.ts";
import type { Json } from "../../src/model/values/json.ts";
import { covers, leaves } from "../../src/model/values/pointer.ts";
import {
  apply,
  credentials,
  project,
  run,
  runUnbroken,
  type Scratch,
  scratch,
} from "../crash/scene.ts";

const env = { CANARY_KEY: "canary-ledger-key-5f3c", CANARY_TOKEN: "canary-adapter-secret-91d7" };
let place: Scratch;
let folder: string;
const outputs: string[] = [];

async function say(...args: readonly string[]): Promise<void> {
  outputs.push((await runUnbroken(folder, { args, env })).said);
}

function simulate(simulation: object): void {
  const file = join(folder, "partnerctl.yaml");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(
      /simulate: .*/,
      () => `simulate: ${JSON.stringify(simulation)}`,
    ),
  );
}

function edit(file: string, from: string, to: string): void {
  const path = join(folder, file);
  writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
}

// A story with everything in it: replies lost, writes refused, a process killed, a disk that is
// full, changes to people, every command that tells of them.
beforeAll(async () => {
  place = await scratch();
  const secrets =
    "    account: .partnerctl/account\n    seed: 1\n    simulate: {}\n  partner-center:\n    secrets: { clientSecret: '${CANARY_TOKEN}' }\n";
  folder = project(place, "canary", (settings) =>
    settings
      .replace("    account: .partnerctl/account\n", secrets)
      .replace("  type: file\n", "  type: file\n  key: ${CANARY_KEY}\n"),
  );
  await say("plan", "--verbose", "--out", "plan.json");
  simulate({ lostReplies: { every: 3 }, failBefore: { chance: 0.3 }, failAfter: { chance: 0.2 } });
  await say(...apply, "--format", "json");
  await say(...apply, "--format", "markdown");
  outputs.push((await run(place, folder, { args: apply, env, sabotage: "kill-torn:20" })).said);
  outputs.push((await run(place, folder, { args: apply, env, sabotage: "full:20" })).said);
  simulate({});
  await say(...apply, "--verbose");
  edit("manifests/users.yaml", "displayName: Wang Fang", "displayName: Wang Fangfang");
  edit("manifests/users.yaml", "+86 138 0013 8004", "+86 138 0013 8094");
  edit(
    "manifests/customers/tailspin.yaml",
    "email: it@tailspin.example",
    "email: post@tailspin.example",
  );
  await say("why", "User/wang-fang", "--format", "json");
  await say(...apply, "--format", "json");
  for (const command of [
    "history",
    "ledger verify",
    "ledger unlock",
    "check",
    "plan",
    "export",
    "render",
  ])
    await say(...command.split(" "), "--format", "json");
}, 120_000);

afterAll(() => place.end());

function files(): readonly (readonly [string, string])[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return found.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(folder.length + 1), readFileSync(path, "latin1")] as const;
  });
}

describe("after a full story with failures", () => {
  test("what is secret occurs nowhere on the disk and in no output; in the sink it is encrypted", async () => {
    const kept = (await credentials(place, join(folder, ".partnerctl/credentials"))).map(
      ({ secret }) => secret,
    );
    expect(kept.length).toBeGreaterThanOrEqual(4);
    for (const secret of [...kept, ...Object.values(env)]) {
      const spellings = [
        secret,
        JSON.stringify(secret).slice(1, -1),
        Buffer.from(secret).toString("base64").slice(0, -4),
        encodeURIComponent(secret),
      ];
      for (const [file, text] of files())
        for (const one of spellings) expect(text.includes(one), `${one} in ${file}`).toBe(false);
      for (const one of spellings) expect(outputs.filter((text) => text.includes(one))).toEqual([]);
    }
  });

  test("somebody's data is in the ledger, its checkpoint and its history only as keyed digests", () => {
    const texts = files().filter(([file]) => /ledger/.test(file));
    expect(texts.map(([file]) => file)).toContain(".partnerctl/ledger.jsonl");
    const values = personalValues();
    expect(values).toContain("wang.fang@contoso.partner.onmschina.cn");
    expect(values).toContain("post@tailspin.example");
    for (const value of values)
      for (const [file, text] of texts)
        expect(text.includes(value), `${value} in ${file}`).toBe(false);
  });
});

/**
 * Every value of a personal field that was ever declared, but for those too short or too common to
 * be told from other words: a city is part of a company's name.
 */
function personalValues(): readonly string[] {
  const documents = files()
    .filter(([file]) => file.startsWith("manifests/"))
    .flatMap(([, text]) =>
      parseAllDocuments(text).map(
        (one) =>
          one.toJS() as {
            readonly kind: string;
            readonly spec: { readonly [field: string]: Json };
          },
      ),
    );
  const all = documents.flatMap(({ kind, spec }) => {
    const pointers = kinds.find(({ name }) => name === kind)?.personal ?? [];
    return [...leaves(spec)].map(([pointer, value]) => ({
      value: String(value),
      personal: covers(pointers, pointer),
    }));
  });
  const others = all.filter(({ personal }) => !personal).map(({ value }) => value);
  const found = all.filter(
    ({ personal, value }) =>
      personal && value.length > 4 && !others.some((other) => other.includes(value)),
  );
  return [
    ...new Set([
      "Wang Fang",
      "+86 138 0013 8004",
      "it@tailspin.example",
      ...found.map(({ value }) => value),
    ]),
  ];
}
