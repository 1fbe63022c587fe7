// What the tool costs, beside what the same work costs at least, ajv-cli and Terraform. npm run
// bench [-- --quick (up to 10,000, one layout; the default) | --full | --counts 100,1000 --layouts
// customer,manifest --rounds 3 --program FILE]
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { exact, paired } from "./measure.mjs";
import { rowsOf } from "./rows.mjs";
import { growthTable, sizeTable, startTable } from "./table.mjs";
import { terraformVersion } from "./terraform.mjs";
import { buildFloor, prepareAjv } from "./yardsticks.mjs";

const { values } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    counts: { type: "string" },
    layouts: { type: "string" },
    rounds: { type: "string", default: "3" },
    program: { type: "string", default: join(import.meta.dirname, "../../dist/partnerctl.js") },
  },
});
const program = resolve(values.program);
if (!existsSync(program)) throw new Error(`${program} is not there: npm run build makes it`);
const version = terraformVersion();
const counts = (values.counts ?? (values.full ? "100,1000,10000,100000" : "100,1000,10000"))
  .split(",")
  .map(Number);
const layouts = (values.layouts ?? (values.full ? "customer,manifest" : "customer")).split(",");
const folder = mkdtempSync(join(tmpdir(), "partnerctl-bench-"));

try {
  const floor = await buildFloor(folder);
  const terraform = version === undefined ? [] : values.full ? [1_000, 10_000] : [1_000];
  const bench = {
    folder,
    program,
    floor,
    ajv: prepareAjv(folder),
    rounds: Number(values.rounds),
    terraform,
  };
  console.log(
    `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, terraform ${version ?? "not installed"}`,
  );
  if (!exact)
    console.log(
      "/usr/bin/time is not here: CPU seconds are seconds on the clock, and peak memory is not told.",
    );
  console.log("Each figure is the least of several runs; programs that are compared take turns.\n");
  console.log(startTable(starting(bench.rounds * 5)));
  for (const layout of layouts) measured(bench, layout);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function starting(rounds) {
  const node = [process.execPath, "--input-type=module", "-e", ""];
  const found = paired(
    { node: { command: node }, version: started("--version"), help: started("--help") },
    rounds,
  );
  return [
    { phase: "node", ...found.node },
    { phase: "partnerctl --version", ...found.version, most: 40 },
    { phase: "partnerctl --help", ...found.help, most: 60 },
  ];
}

function started(flag) {
  return { command: [process.execPath, program, flag] };
}

function measured(bench, layout) {
  const sizes = [];
  for (const count of counts) {
    const size = rowsOf(bench, { count, layout });
    sizes.push(size);
    console.log(sizeTable(size));
  }
  console.log(growthTable(sizes));
}
