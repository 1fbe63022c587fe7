import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readPolicyFiles } from "../../src/cli/project/policies.ts";
import { catalogue } from "../../src/kinds/prices/catalogue.ts";
import { settingsWith } from "../settings.ts";
import { kinds } from "../../src/kinds/index.ts";
import { parsePriceList } from "../../src/kinds/prices/price-list.ts";
import { hasErrors, type Checked, type Diagnostic } from "../../src/model/diagnostic.ts";
import { digest } from "../../src/model/values/digest.ts";
import type { Source } from "../../src/model/source.ts";
import { diff } from "../../src/operations/export/diff.ts";
import { judgeManifests, readPolicing } from "../../src/operations/project/policy.ts";
import type { Project } from "../../src/operations/project/project.ts";
import { validateSources } from "../../src/operations/project/validate.ts";
import { report } from "../../src/report/index.ts";
import { readManifests } from "../../src/store/files/files.ts";

// A case is a folder: policies/, manifests/ and, where changes matter, before/ (what the account
// holds); options.json may give a day and an environment. expected.txt is what validate says, and
// then what a plan says. UPDATE=1 writes it anew.
const fixtures = join(import.meta.dirname, "fixtures");
const text = report("text");
const style = { color: false, width: 120 };

interface Options {
  readonly today?: string;
  readonly environment?: string;
}

function prices() {
  const read = parsePriceList(
    readFileSync(join(import.meta.dirname, "../../examples/contoso/prices/2026-11.csv"), "utf8"),
    "prices.csv",
  );
  if (!read.ok) throw new Error("the price list is broken");
  return catalogue([], read.value);
}

function sources(root: string, folder: string): Checked<readonly Source[]> {
  return existsSync(join(root, folder))
    ? readManifests(root, [folder])
    : { ok: true, value: [], diagnostics: [] };
}

function files(checked: Checked<readonly Source[]>): readonly Source[] {
  if (!checked.ok) throw new Error(JSON.stringify(checked.diagnostics));
  return checked.value;
}

const offers = {
  "enterprise-e3": "5FA4F213-638C-5693-ADE5-924129D90D90",
  "visio-plan-2": "41A4B456-C2FA-5E42-A5FF-E89D3E56B989",
};

async function play(root: string): Promise<string> {
  const options = join(root, "options.json");
  const { today = "2026-11-05", environment }: Options = existsSync(options)
    ? JSON.parse(readFileSync(options, "utf8"))
    : {};
  const project: Project = {
    settings: settingsWith({ offers }),
    settingsDigest: digest({}),
    kinds,
    ...(environment !== undefined && { environment }),
    policies: () => readPolicyFiles(root, ["policies"]),
    sources: () => sources(root, "manifests"),
  };
  const manifests = files(await project.sources());
  const compiled = await validateSources(project, manifests);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  const valid = await judgeManifests(project, compiled, { today });
  const said = `== validate\n${shown(valid.diagnostics)}`;
  const policies = await readPolicing(project);
  if (!policies.ok || !existsSync(join(root, "before"))) return said;
  const before = files(sources(root, "before"));
  const made = diff(project, before, manifests, {
    asOf: today,
    prices: prices(),
    ...(policies.value && { policies: policies.value }),
  });
  if (!made.ok) throw new Error(JSON.stringify(made.diagnostics));
  expect(hasErrors(valid.diagnostics) && !hasErrors(made.value.problems)).toBe(false);
  return `${said}== plan\n${shown(made.value.problems)}`;
}

function shown(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.length === 0
    ? "nothing\n"
    : text.show({ kind: "diagnostics", diagnostics }, style);
}

describe("what policies find", () => {
  for (const name of readdirSync(fixtures))
    test(name, async () => {
      const path = join(fixtures, name, "expected.txt");
      const actual = await play(join(fixtures, name));
      if (process.env.UPDATE === "1") writeFileSync(path, actual);
      expect(actual).toBe(readFileSync(path, "utf8"));
    });
});
