import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { record } from "./manifests.mjs";

/** Terraform's version where it is installed. */
export function terraformVersion() {
  try {
    return JSON.parse(
      execFileSync("terraform", ["version", "-json"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }),
    ).terraform_version;
  } catch {
    return undefined;
  }
}

/**
 * The same records as built-in `terraform_data`, which needs no provider and no network, and the
 * state that an apply would have left.
 */
export function writeTerraform(folder, count) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const resources = [];
  let blocks = [];
  for (let index = 0; index < count; index += 1) {
    const one = record(index);
    blocks.push(block(one));
    resources.push(stored(one, index));
    if (index % 11 === 10 || index === count - 1) {
      writeFileSync(`${folder}/part-${String(index).padStart(6, "0")}.tf`, blocks.join("\n"));
      blocks = [];
    }
  }
  writeFileSync(`${folder}/terraform.tfstate`, JSON.stringify(state(resources)));
  execFileSync("terraform", ["init"], { cwd: folder, stdio: "ignore" });
}

function nameOf({ name, spec }) {
  return (spec.customer === undefined ? name : `${spec.customer}_${name}`).replaceAll("-", "_");
}

function block(one) {
  const { customer, ...spec } = one.spec;
  const reference =
    customer === undefined
      ? ""
      : `    customer = terraform_data.${customer.replaceAll("-", "_")}.id\n`;
  return `resource "terraform_data" "${nameOf(one)}" {\n  input = {\n${reference}${fields(spec, "    ")}  }\n}\n`;
}

function fields(value, indent) {
  return Object.entries(value)
    .map(
      ([name, one]) =>
        `${indent}${name} = ${typeof one === "object" ? `{\n${fields(one, `${indent}  `)}${indent}}` : JSON.stringify(one)}\n`,
    )
    .join("");
}

const idOf = (index) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;

function stored(one, index) {
  const { customer } = one.spec;
  const spec =
    customer === undefined ? one.spec : { ...one.spec, customer: idOf(index - (index % 11)) };
  const value = { value: spec, type: typeOf(spec) };
  const attributes = { id: idOf(index), input: value, output: value, triggers_replace: null };
  const dependencies =
    customer === undefined
      ? {}
      : { dependencies: [`terraform_data.${customer.replaceAll("-", "_")}`] };
  const instance = { schema_version: 0, attributes, sensitive_attributes: [], ...dependencies };
  return {
    mode: "managed",
    type: "terraform_data",
    name: nameOf(one),
    provider: 'provider["terraform.io/builtin/terraform"]',
    instances: [instance],
  };
}

function typeOf(value) {
  if (typeof value !== "object") return typeof value;
  return [
    "object",
    Object.fromEntries(Object.entries(value).map(([name, one]) => [name, typeOf(one)])),
  ];
}

function state(resources) {
  return {
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: idOf(0),
    outputs: {},
    resources,
    check_results: null,
  };
}
