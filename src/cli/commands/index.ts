import type { Command } from "../parse/command.ts";
import { fileCommands } from "./groups/files.ts";
import { ledgerCommands } from "./groups/ledger.ts";
import { planCommands } from "./groups/plan.ts";
import { policyCommands } from "./groups/policy.ts";
import { reviewCommands } from "./groups/review.ts";
import { pipelineHosts } from "../pipeline-file.ts";
import { at, detailed, paths } from "../parse/options.ts";

const wrong = "wrong input, or an error";
/** The commands, in the order help lists them. */
export const commands: readonly Command[] = [
  {
    name: "init",
    summary: "write settings, a first account and editor files",
    arguments: [{ name: "dir", description: "the new project's folder (default: this one)", values: "file" }],
    options: [
      {
        flag: "--pipeline",
        value: "host",
        choices: pipelineHosts,
        description: "also a pipeline for github or gitlab, with settings for the account it applies to",
      },
    ],
    exits: { 0: "written; what was there already is left as it was", 1: wrong },
    examples: ["partnerctl init my-account", "partnerctl init my-account --pipeline github"],
    load: () => import("./files/init.ts"),
  },
  {
    name: "validate",
    summary: "check schemas, references and rules, without a backend",
    arguments: [paths],
    exits: { 0: "no errors", 1: "errors" },
    examples: ["partnerctl validate", "partnerctl validate manifests/customers --format json"],
    shows: ["validation"],
    load: () => import("./validate.ts"),
  },
  ...planCommands,
  {
    name: "diff",
    summary: "compare two folders or two git revisions, without a backend",
    arguments: [
      { name: "from", description: "a folder or a git revision", required: true, values: "file" },
      { name: "to", description: "a folder or a git revision", required: true, values: "file" },
    ],
    options: [at, detailed],
    exits: { 0: "compared", 1: wrong, 2: "changes (only with --detailed-exitcode)" },
    examples: ["partnerctl diff main HEAD", "partnerctl diff old/manifests new/manifests --format markdown"],
    shows: ["plan"],
    load: () => import("./diff.ts"),
  },
  {
    name: "export",
    summary: "write the live account as manifests; planning them changes nothing",
    options: [
      { flag: "--out", value: "folder", values: "file", description: "write files here (default: one stream to stdout)" },
      { flag: "--force", description: "replace files that differ" },
    ],
    exits: { 0: "exported", 1: wrong },
    examples: ["partnerctl export --out manifests"],
    load: () => import("./files/export.ts"),
  },
  {
    name: "why",
    summary: "explain why an object changes, or why it does not",
    arguments: [{ name: "address", description: "an object: Customer/fabrikam", required: true }],
    exits: { 0: "explained", 1: wrong },
    examples: ["partnerctl why Subscription/fabrikam/office-e3"],
    shows: ["explanation"],
    load: () => import("./why.ts"),
  },
  {
    name: "render",
    summary: "show what the manifests amount to, and where each field came from",
    arguments: [paths],
    exits: { 0: "rendered", 1: wrong },
    examples: ["partnerctl render --env production"],
    shows: ["provenance"],
    load: () => import("./files/render.ts"),
  },
  {
    name: "check",
    summary: "check sign-in and permissions, and show what this backend can and cannot do",
    exits: { 0: "the account can be reached and allows what is needed", 1: "wrong input, an error, or something is refused" },
    examples: ["partnerctl check"],
    shows: ["capabilities"],
    load: () => import("./check.ts"),
  },
  {
    name: "offers",
    summary: "list the catalogue with prices",
    options: [at],
    exits: { 0: "listed", 1: wrong },
    examples: ["partnerctl offers", "partnerctl offers --at 2026-12-01 --format json"],
    shows: ["offers"],
    load: () => import("./offers.ts"),
  },
  ...fileCommands,
  ...policyCommands,
  ...reviewCommands,
  ...ledgerCommands,
  {
    name: "completion",
    summary: "print the completion script of a shell",
    arguments: [{ name: "shell", description: "bash, zsh or fish", required: true, values: ["bash", "zsh", "fish"] }],
    exits: { 0: "printed", 1: wrong },
    examples: ["source <(partnerctl completion bash)", "partnerctl completion fish > ~/.config/fish/completions/partnerctl.fish"],
    load: () => import("./completion.ts"),
  },
  {
    name: "explain",
    summary: "describe a kind, a field of it, or a code of a problem",
    arguments: [{ name: "kind.field|code", description: "Customer, Customer.billing.address, schema/enum, … (default: all kinds)" }],
    exits: { 0: "described", 1: wrong },
    examples: ["partnerctl explain", "partnerctl explain User.recovery", "partnerctl explain guard/money"],
    shows: ["reference"],
    load: () => import("./explain.ts"),
  },
  {
    name: "schema",
    summary: "print the JSON Schema of a kind, or of a document this tool writes",
    arguments: [{ name: "kind", description: "Customer, Settings, Plan, Receipt, LedgerEntry, …", required: true }],
    exits: { 0: "printed", 1: wrong },
    examples: ["partnerctl schema Customer > customer.schema.json"],
    load: () => import("./schema.ts"),
  },
  {
    name: "emulator",
    summary: "run a Partner Center on this machine",
    options: [
      { flag: "--port", value: "number", description: "where to listen (default: 8021; 0 for a free one)" },
      { flag: "--data", value: "file", values: "file", description: "keep the account in this file (default: in memory)" },
      { flag: "--seed", value: "text", description: "the same seed gives the same ids and the same chance" },
      { flag: "--latency", value: "milliseconds", description: "how long each answer takes" },
      { flag: "--faults", value: "probability|file", values: "file", description: "what goes wrong: a probability (0.02), or a JSON list" },
      {
        flag: "--quirks",
        value: "none|file",
        values: "file",
        description: "the service's surprises: none of them, or a JSON file of those to set",
      },
      { flag: "--sandbox", description: "an integration sandbox, with its limits" },
    ],
    exits: { 0: "stopped", 1: wrong },
    examples: ["partnerctl emulator", "partnerctl emulator --data account.jsonl --faults 0.02 --seed 7"],
    load: () => import("./emulator.ts"),
  },
];
