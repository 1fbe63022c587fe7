// The least that the work can cost: read, parse (or find what was parsed by its hash), validate,
// compare with a state, write a plan. PARSER=cache|js-yaml node floor.mjs FOLDER STATE PLAN; a
// yardstick, which checks and explains nothing.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadAll } from "js-yaml";
import { customer, subscription } from "../../src/kinds/generated/validators.js";

const [folder, statePath, planPath] = process.argv.slice(2);
const cachePath = `${statePath}.cache`;
const caching = process.env.PARSER === "cache";
const before = caching ? readJson(cachePath) : {};
const after = {};
const documents = new Map();
let learnt = false;

for (const file of readdirSync(folder).sort())
  for (const document of read(readFileSync(`${folder}/${file}`, "utf8"))) take(document);
if (learnt) writeFileSync(cachePath, JSON.stringify(after));

const state = readJson(statePath);
const plan = [];
for (const [id, { spec }] of documents) {
  const old = state[id];
  if (old === undefined) plan.push({ action: "create", id, after: spec });
  else if (!equal(old, spec)) plan.push({ action: "update", id, before: old, after: spec });
}
for (const id in state) if (!documents.has(id)) plan.push({ action: "delete", id });
writeFileSync(planPath, JSON.stringify(plan));
if (Object.keys(state).length === 0)
  writeFileSync(
    statePath,
    JSON.stringify(Object.fromEntries([...documents].map(([id, { spec }]) => [id, spec]))),
  );
console.log(`${documents.size} documents, ${plan.length} changes`);

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}

function read(text) {
  if (!caching) return loadAll(text);
  const hash = createHash("sha256").update(text).digest("base64");
  learnt ||= before[hash] === undefined;
  after[hash] = before[hash] ?? loadAll(text);
  return after[hash];
}

function take(document) {
  const valid = document.kind === "Customer" ? customer : subscription;
  if (!valid(document)) throw new Error(JSON.stringify(valid.errors));
  const parent = document.kind === "Customer" ? "" : `${document.spec.customer}/`;
  documents.set(`${document.kind}/${parent}${document.metadata.name}`, document);
}

function equal(left, right) {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || !left || !right) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => equal(left[name], right[name]))
  );
}
