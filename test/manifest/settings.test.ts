import { expect, test } from "vitest";
import { loadOptionsSchemas } from "../../src/adapters/index.ts";
import { readPlainSettings } from "../../src/manifest/settings/plain-settings.ts";
import { readSettings } from "../../src/manifest/settings/settings.ts";
import { source } from "./toy-kinds.ts";

const adapters = await loadOptionsSchemas();
const head = "apiVersion: partnercenter/v1\nkind: Settings\n";
const read = (text: string, variables: Record<string, string>, environment?: string) =>
  readSettings(source("partnerctl.yaml", head + text), {
    adapters,
    variables,
    ...(environment !== undefined && { environment }),
  });
const digestOf = (...[text, variables, environment]: Parameters<typeof read>) => {
  const found = read(text, variables, environment);
  return found.ok ? found.value.digest : found.diagnostics;
};
const withKey = ["ledger:", "  key: $", "{KEY}\n"].join("").replace("ledger:", "ledger:\n");

const withSecret = `adapters:\n  partner-center:\n    secrets: {clientSecret: "$${"{KEY}"}"}\n`;

test("a secret's value changes the settings and not their digest", () => {
  const [one, two] = [read(withKey, { KEY: "one" }), read(withKey, { KEY: "two" })];
  expect(one.ok && one.value.settings.ledger?.key).toBe("one");
  expect(two.ok && two.value.settings.ledger?.key).toBe("two");
  expect(one.ok && one.value.digest).toBe(two.ok && two.value.digest);
});

test("another environment's patch does not change the digest, one's own does", () => {
  const patches = (own: number, other: number) =>
    `environments:\n  a: {parallelism: ${own}}\n  b: {parallelism: ${other}}\n`;
  expect(digestOf(patches(1, 2), {}, "a")).toBe(digestOf(patches(1, 3), {}, "a"));
  expect(digestOf(patches(1, 2), {}, "a")).not.toBe(digestOf(patches(4, 2), {}, "a"));
});

test.each(["toString", "__proto__", "constructor"])(
  "%s is no environment and no variable",
  (name) => {
    expect(read("environments: {a: {}}\n", {}, name).diagnostics[0]?.code).toBe(
      "settings/unknown-environment",
    );
    expect(read(withSecret.replace("KEY", name), {}).diagnostics[0]?.code).toBe(
      "settings/variable-unset",
    );
  },
);

test("a document of another kind is no settings", () => {
  const found = readSettings(source("partnerctl.yaml", head.replace("Settings", "Setting")), {
    adapters,
    variables: {},
  });
  expect(found.diagnostics).toMatchObject([
    { code: "schema/const", hint: "Write `Settings`.", at: { line: 2 } },
  ]);
});

test("a time zone is one that there is", () => {
  expect(read("timeZone: Asia/Urumqi\n", {}).ok).toBe(true);
  expect(read("timeZone: Asia/Shangai\n", {}).diagnostics).toMatchObject([
    { code: "settings/time-zone", hint: "Did you mean `Asia/Shanghai`?", at: { line: 3 } },
  ]);
  expect(read("timeZone: Mars/Olympus\n", {}).diagnostics[0]?.hint).toBe(
    "Write an IANA name, such as Asia/Shanghai.",
  );
});

test("no diagnostic shows a secret that was written in the file", () => {
  const texts = [
    "ledger: {key: hunter2}\n",
    "ledger:\n  key: hunter2\n  key: hunter2\n",
    "adapters: {x: {secrets: {clientSecret: hunter2}}}\n",
  ];
  for (const text of texts) {
    const found = read(text, {});
    expect(found.ok).toBe(false);
    expect(JSON.stringify(found)).not.toContain("hunter2");
  }
});

const variables = { KEY: "a key of some length" };
test.each([
  ["", true],
  ["parallelism: 4 # so many\noffers: {e3: 5FA4F213-638C-5693-ADE5-924129D90D90}\n", true],
  [withKey, true],
  ["environments:\n  a: {parallelism: 2}\n", true],
  ["environments:\n  a: {parallelism: null}\n", false],
  ["parallelism: &so 4\n", false],
  ["parallelism: none\n", false],
  ["unknown: 1\n", false],
  ["parallelism: 4\nparallelism: 5\n", false],
  ["---\nkind: Settings\n", false],
  [withSecret.replace("KEY", "MISSING"), false],
  // Only who writes to a ledger needs its key.
  [withKey.replace("KEY", "MISSING"), true],
])(
  "read plainly, settings are what they are when read in full, or are not read at all: %j",
  (text, plain) => {
    const file = source("partnerctl.yaml", head + text);
    const environment = text.startsWith("environments") ? { environment: "a" } : {};
    const found = readPlainSettings(file, { adapters, variables, ...environment });
    expect(found !== undefined).toBe(plain);
    if (found) expect(found).toEqual(readSettings(file, { adapters, variables, ...environment }));
  },
);
