import type { Argument, Command, Option } from "./command.ts";

const ok = "done, or nothing to do";
const wrong = "wrong input, or an error";
const paths: Argument = { name: "path", description: "manifest files or folders (default: all)", repeated: true, values: "file" };
const asOf: Option = { flag: "--as-of", value: "date", shape: "date", description: "plan as if it were this day, YYYY-MM-DD (default: today)" };
const only: Option = { flag: "--only", value: "address", many: "following", description: "only these objects and what they refer to" };
const detailed: Option = { flag: "--detailed-exitcode", description: "exit with 2 where there are changes" };

/** The options every command takes. */
export const globalOptions: readonly Option[] = [
  { flag: "--project", value: "folder", values: "file", description: "the project's folder (default: the nearest one with a partnerctl.yaml)" },
  { flag: "--env", value: "name", description: "the environment to use, as the settings name it" },
  { flag: "--format", value: "format", choices: ["text", "json", "markdown"], description: "how the result is written" },
  { flag: "--actor", value: "name", description: "who is doing this (default: what the pipeline or the system says)" },
  { flag: "--verbose", description: "everything: all changes, all unmanaged objects, ids beside names" },
  { flag: "--quiet", short: "-q", description: "the result only: no progress, no remarks" },
];

/** The commands, in the order help lists them. */
export const commands: readonly Command[] = [
  {
    name: "init",
    summary: "write settings, a first account, editor and pipeline files",
    arguments: [{ name: "dir", description: "the new project's folder (default: this one)", values: "file" }],
    exits: { 0: "written; what was there already is left as it was", 1: wrong },
    examples: ["partnerctl init my-account"],
    load: () => import("./commands/init.ts"),
  },
  {
    name: "validate",
    summary: "check schemas, references and rules, without a backend",
    arguments: [paths],
    exits: { 0: "no errors", 1: "errors" },
    examples: ["partnerctl validate", "partnerctl validate manifests/customers --format json"],
    load: () => import("./commands/validate.ts"),
  },
  {
    name: "plan",
    summary: "compare the manifests with the account and show what would change",
    arguments: [paths],
    options: [
      { flag: "--out", value: "file", values: "file", description: "also write the plan to this file, for apply" },
      only,
      { flag: "--since", value: "revision", description: "only what changed in the manifests since a git revision" },
      asOf,
      detailed,
    ],
    exits: { 0: "planned", 1: wrong, 2: "changes (only with --detailed-exitcode)", 5: "stopped by a guard" },
    examples: ["partnerctl plan --out plan.json", "partnerctl plan --only Customer/fabrikam", "partnerctl plan --since origin/main"],
    load: () => import("./commands/plan.ts"),
  },
  {
    name: "apply",
    summary: "apply a reviewed plan as it is, or plan, show, ask and apply",
    arguments: [{ name: "plan.json|path", description: "a plan's file, and the manifest files or folders it is about (default: all)", repeated: true, values: "file" }],
    options: [
      { flag: "--yes", description: "do not ask" },
      { flag: "--allow", value: "guard", many: "each", description: "lift this guard, for this run" },
      only,
      asOf,
      { flag: "--detached", description: "apply a plan without the manifests it was made from; recorded" },
      { flag: "--parallelism", value: "count", shape: "count", description: "how many changes to work on at once" },
    ],
    exits: {
      0: ok, 1: wrong, 3: "applied in part, or an outcome is unknown", 4: "stale: the account changed since the plan",
      5: "stopped by a guard", 6: "locked by another run",
    },
    examples: ["partnerctl apply", "partnerctl apply plan.json", "partnerctl apply --yes --allow irreversible"],
    load: () => import("./commands/apply.ts"),
  },
  {
    name: "diff",
    summary: "compare two folders or two git revisions, without a backend",
    arguments: [
      { name: "from", description: "a folder or a git revision", required: true, values: "file" },
      { name: "to", description: "a folder or a git revision", required: true, values: "file" },
    ],
    options: [asOf, detailed],
    exits: { 0: "compared", 1: wrong, 2: "changes (only with --detailed-exitcode)" },
    examples: ["partnerctl diff main HEAD", "partnerctl diff old/manifests new/manifests --format markdown"],
    load: () => import("./commands/diff.ts"),
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
    load: () => import("./commands/export.ts"),
  },
  {
    name: "why",
    summary: "explain why an object changes, or why it does not",
    arguments: [{ name: "address", description: "an object: Customer/fabrikam", required: true }],
    exits: { 0: "explained", 1: wrong },
    examples: ["partnerctl why Subscription/fabrikam/office-e3"],
    load: () => import("./commands/why.ts"),
  },
  {
    name: "render",
    summary: "show what the manifests amount to, and where each field came from",
    arguments: [paths],
    exits: { 0: "rendered", 1: wrong },
    examples: ["partnerctl render --env production"],
    load: () => import("./commands/render.ts"),
  },
  {
    name: "check",
    summary: "check sign-in and permissions, and show what this backend can and cannot do",
    exits: { 0: "the account can be reached", 1: wrong },
    examples: ["partnerctl check"],
    load: () => import("./commands/check.ts"),
  },
  {
    name: "offers",
    summary: "list the catalogue with prices",
    options: [asOf],
    exits: { 0: "listed", 1: wrong },
    examples: ["partnerctl offers", "partnerctl offers --as-of 2026-12-01 --format json"],
    load: () => import("./commands/offers.ts"),
  },
  {
    name: "history",
    summary: "show what was applied, by whom, from which plan",
    arguments: [{ name: "run", description: "one run, by its id or the start of it (default: all)" }],
    exits: { 0: "shown", 1: wrong },
    examples: ["partnerctl history", "partnerctl history 4f2a --format json"],
    load: () => import("./commands/history.ts"),
  },
  {
    name: "verify",
    summary: "check whether the ledger was tampered with",
    options: [{ flag: "--head", value: "hash", description: "a head kept elsewhere (on a plan or a receipt): proves nothing was dropped since" }],
    exits: { 0: "consistent; with --head, complete", 1: "tampered with, or an error" },
    examples: ["partnerctl verify", "partnerctl verify --head $(jq -r .ledger.head receipt.json)"],
    load: () => import("./commands/verify.ts"),
  },
  {
    name: "attest",
    summary: "record that a step by hand was done, as that plan showed it",
    arguments: [
      { name: "plan.json", description: "the plan's file", required: true, values: "file" },
      { name: "address", description: "the object whose step was done", required: true },
    ],
    options: [{ flag: "--note", value: "text", description: "a remark for the record" }],
    exits: { 0: "recorded", 1: wrong, 6: "locked by another run" },
    examples: ["partnerctl attest plan.json CatalogCustomization"],
    load: () => import("./commands/attest.ts"),
  },
  {
    name: "settle",
    summary: "settle a write whose outcome stayed unknown",
    arguments: [{ name: "change", description: "the change, as the receipt names it: Customer/fabrikam#1", required: true }],
    options: [
      { flag: "--id", value: "id", description: "it happened, and this is the id of what it made or changed" },
      { flag: "--did-not-happen", description: "it did not happen" },
    ],
    exits: { 0: "recorded", 1: wrong, 6: "locked by another run" },
    examples: ["partnerctl settle Customer/fabrikam#1 --did-not-happen"],
    load: () => import("./commands/settle.ts"),
  },
  {
    name: "unlock",
    summary: "show who holds the lease, and end a dead one",
    options: [{ flag: "--force", description: "end it although its holder may be alive on another machine" }],
    exits: { 0: "nobody holds it now", 1: wrong, 6: "its holder is alive" },
    examples: ["partnerctl unlock"],
    load: () => import("./commands/unlock.ts"),
  },
  {
    name: "completion",
    summary: "print the completion script of a shell",
    arguments: [{ name: "shell", description: "bash, zsh or fish", required: true, values: ["bash", "zsh", "fish"] }],
    exits: { 0: "printed", 1: wrong },
    examples: ["source <(partnerctl completion bash)", "partnerctl completion fish > ~/.config/fish/completions/partnerctl.fish"],
    load: () => import("./commands/completion.ts"),
  },
  {
    name: "explain",
    summary: "describe a kind or a field of it, from its schema",
    arguments: [{ name: "kind.field", description: "Customer, Customer.billing.address, … (default: all kinds)" }],
    exits: { 0: "described", 1: wrong },
    examples: ["partnerctl explain", "partnerctl explain User.recovery"],
    load: () => import("./commands/explain.ts"),
  },
  {
    name: "schema",
    summary: "print the JSON Schema of a kind, or of a document this tool writes",
    arguments: [{ name: "kind", description: "Customer, Settings, Plan, Receipt, LedgerEntry, …", required: true }],
    exits: { 0: "printed", 1: wrong },
    examples: ["partnerctl schema Customer > customer.schema.json"],
    load: () => import("./commands/schema.ts"),
  },
];
