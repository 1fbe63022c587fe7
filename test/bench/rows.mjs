import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeManifests, writeProject } from "./manifests.mjs";
import { measure, paired } from "./measure.mjs";
import { writeTerraform } from "./terraform.mjs";

const applying = ["apply", "--yes", "--quiet", "--allow", "irreversible"];
const counter = join(import.meta.dirname, "count.mjs");

/**
 * Everything measured at one size and layout: rows of a phase, its cost, and what it is compared
 * with.
 */
export function rowsOf(bench, size) {
  const { count, layout } = size;
  const project = mkdtempSync(join(bench.folder, "project-"));
  try {
    const bytes = writeProject(project, size);
    const stage = {
      ...bench,
      size,
      project,
      rounds: count > 10_000 ? 1 : count > 1_000 ? bench.rounds : bench.rounds + 2,
    };
    const rows = [
      ...validating(stage),
      ...fromEmpty(stage),
      ...applied(stage),
      ...idle(stage),
      ...changed(stage),
    ];
    return { count, layout, bytes: bytes / count, rows };
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

function ours({ program, project }, args, more = {}) {
  return { command: [process.execPath, program, ...args], cwd: project, ...more };
}

function forget(project, ...what) {
  for (const one of what) rmSync(join(project, one), { recursive: true, force: true });
}

const cold = (project) => ({ before: () => forget(project, ".partnerctl/cache") });

/** Forgets what is known of the manifests, and not what the ledger adds up to. */
function forgetManifests(project) {
  const folder = ".partnerctl/cache";
  if (!existsSync(join(project, folder))) return;
  for (const name of readdirSync(join(project, folder)))
    if (!name.startsWith("ledger-")) forget(project, join(folder, name));
}

function validating(stage) {
  const { project, rounds } = stage;
  const found = paired({ cold: ours(stage, ["validate"], cold(project)) }, rounds);
  const { warm } = paired({ warm: ours(stage, ["validate"]) }, rounds);
  return [
    { phase: "validate, cold", ...found.cold },
    { phase: "validate, warm", ...warm },
    ...besideAjv(stage),
  ];
}

/** ajv-cli reads files of one document only, so both are given these. */
function besideAjv(stage) {
  const { size, rounds, ajv } = stage;
  if (size.count > 10_000) return [];
  const project = join(stage.project, "single");
  writeProject(project, { ...size, layout: "manifest" });
  const found = paired(
    { ours: ours({ ...stage, project }, ["validate"], cold(project)), ajv: ajv(project) },
    rounds,
  );
  rmSync(project, { recursive: true });
  return [
    {
      phase: "validate, cold, single",
      ...found.ours,
      beside: "ajv-cli",
      yardstick: found.ajv,
      most: 1,
    },
  ];
}

/**
 * What is ordered cannot be undone, so a guard trips; a plan that could be made is status 0 all the
 * same.
 */
function fromEmpty(stage) {
  const { empty } = paired({ empty: ours(stage, ["plan"]) }, stage.rounds);
  return [{ phase: "plan, from empty", ...empty }];
}

function applied(stage) {
  const { project, size } = stage;
  const counted = join(project, "counted.json");
  const rounds = size.count > 1_000 ? 1 : stage.rounds;
  const before = () =>
    forget(
      project,
      ".partnerctl/account",
      ".partnerctl/credentials",
      ".partnerctl/ledger.jsonl",
      ".partnerctl/ledgers",
    );
  const { apply } = paired(
    {
      apply: ours(stage, applying, {
        before,
        env: { NODE_OPTIONS: `--import=${counter}`, COUNT_TO: counted },
      }),
    },
    rounds,
  );
  const { syncs } = JSON.parse(readFileSync(counted, "utf8"));
  return [
    {
      phase: "apply, from empty",
      ...apply,
      note: `${Math.round((syncs / size.count) * 1000)} syncs per 1,000 changes`,
    },
  ];
}

function idle(stage) {
  const { project, floor, rounds } = stage;
  paired(
    {
      ours: ours(stage, ["plan"]),
      cache: floor(project, "cache"),
      yaml: floor(project, "js-yaml"),
    },
    1,
  );
  const warm = paired({ ours: ours(stage, ["plan"]), floor: floor(project, "cache") }, rounds);
  const parsing = { ...ours(stage, ["plan"]), before: () => forgetManifests(project) };
  const chilled = paired(
    {
      ours: parsing,
      nothing: ours(stage, ["plan"], cold(project)),
      floor: floor(project, "js-yaml"),
    },
    rounds,
  );
  const terraform = beside(stage);
  const slower = (cost, least) =>
    terraform
      ? {
          note: `terraform takes ${(terraform.cpu / cost.cpu).toFixed(0)} × that (goal at 10,000: ${least})`,
        }
      : {};
  return [
    {
      phase: "plan, idle, warm",
      ...warm.ours,
      beside: "floor, cached",
      yardstick: warm.floor,
      most: 1.3,
      ...slower(warm.ours, 80),
    },
    {
      phase: "plan, idle, manifests cold",
      ...chilled.ours,
      beside: "floor, js-yaml",
      yardstick: chilled.floor,
      most: 1.2,
      ...slower(chilled.ours, 30),
    },
    {
      phase: "plan, idle, ledger cold too",
      ...chilled.nothing,
      beside: "floor, js-yaml",
      yardstick: chilled.floor,
    },
    ...(terraform ? [{ phase: "terraform plan, idle", ...terraform }] : []),
  ];
}

/** Terraform over the same records; once, for it takes long enough to measure well. */
function beside({ terraform, project, size }) {
  if (!terraform.includes(size.count) || size.layout !== "customer") return undefined;
  const folder = join(project, "terraform");
  writeTerraform(folder, size.count);
  return measure({
    command: ["terraform", "plan", "-no-color", "-input=false", "-lock=false"],
    cwd: folder,
  });
}

/** The first plan after the change, so one run only, and the plans after that. */
function changed(stage) {
  const { project, size, rounds } = stage;
  writeManifests(project, { ...size, every: 100 });
  const first = measure(ours(stage, ["plan"]));
  const { again } = paired({ again: ours(stage, ["plan"]) }, rounds);
  return [
    { phase: "plan, 1 % just changed", ...first },
    { phase: "plan, 1 % changed, again", ...again },
  ];
}
