import type { Command } from "../../parse/command.ts";
import { at, detailed, except, only, paths } from "../../parse/options.ts";

const ok = "done, or nothing to do";
const wrong = "wrong input, or an error";

/** The commands that make, approve and apply a plan. */
export const planCommands: readonly Command[] = [
  {
    name: "plan",
    summary: "compare the manifests with the account and show what would change",
    arguments: [paths],
    options: [
      { flag: "--out", value: "file", values: "file", description: "also write the plan to this file, for apply" },
      { flag: "--seal", value: "recipient", many: "each", description: "encrypt that file for this age recipient; once for each" },
      only,
      except,
      { flag: "--since", value: "revision", description: "only what changed in the manifests since a git revision" },
      at,
      detailed,
    ],
    exits: {
      0: "planned",
      1: wrong,
      2: "changes (only with --detailed-exitcode)",
      3: "an earlier write's outcome is not known",
      5: "stopped by a guard",
    },
    examples: ["partnerctl plan --out plan.json", "partnerctl plan --only 'Subscription/*/office'", "partnerctl plan --since origin/main"],
    shows: ["plan"],
    load: () => import("../plan.ts"),
  },
  {
    name: "apply",
    summary: "apply a reviewed plan as it is, or plan, show, ask and apply",
    arguments: [
      {
        name: "plan.json|path",
        description: "a plan's file, and the manifest files or folders it is about (default: all)",
        repeated: true,
        values: "file",
      },
    ],
    options: [
      { flag: "--yes", description: "do not ask" },
      {
        flag: "--allow",
        value: "guard[=up-to]",
        many: "each",
        description: "lift this guard for this run, up to an amount in the unit its message prints; once for each guard",
      },
      { flag: "--reason", value: "text", description: "why guards are lifted; recorded, and required where somebody loses something" },
      only,
      except,
      {
        flag: "--approvals",
        value: "path",
        many: "each",
        values: "file",
        description: "approvals of that plan, files or folders of them (default: those beside the plan)",
      },
      {
        flag: "--wait",
        value: "duration",
        shape: "duration",
        description: "wait so long for a lease that another run holds (90s, 6m, 1h; lease+1m: as long as one lasts, and a minute)",
      },
      { flag: "--detached", description: "apply a plan without the manifests it was made from; recorded" },
      {
        flag: "--parallelism",
        value: "count",
        shape: "count",
        description: "how many changes to work on at once, 1 to 256 (default: as the settings say, or 16)",
      },
    ],
    exits: {
      0: ok,
      1: wrong,
      3: "applied in part, or an outcome is unknown",
      4: "stale: the account changed since the plan",
      5: "stopped by a guard, or not approved as the settings ask",
      6: "locked by another run",
      130: "stopped at the question",
    },
    examples: ["partnerctl apply", "partnerctl apply plan.json", "partnerctl apply --yes --allow irreversible=3"],
    shows: ["plan", "receipt"],
    load: () => import("../apply.ts"),
  },
  {
    name: "approve",
    summary: "show a plan and sign that it may be applied, with an SSH key",
    arguments: [{ name: "plan.json", description: "the plan's file; the approval is written beside it", required: true, values: "file" }],
    options: [
      {
        flag: "--key",
        value: "file",
        values: "file",
        description: "the SSH key, or the .pub of one an agent holds (default: the one git signs with)",
      },
      { flag: "--note", value: "text", description: "a remark that is signed too, one line" },
    ],
    exits: { 0: "approved", 1: wrong, 5: "this key may not approve" },
    examples: ["partnerctl approve plan.json", 'partnerctl approve plan.json --key ~/.ssh/id_ed25519 --note "as agreed"'],
    load: () => import("../review/approve.ts"),
  },
];
