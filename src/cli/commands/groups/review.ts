import type { Command } from "../../parse/command.ts";

const wrong = "wrong input, or an error";

/** The commands by which a plan travels from where it is made to where it is reviewed and applied. */
export const reviewCommands: readonly Command[] = [
  {
    name: "show",
    summary: "show a saved plan with the approvals beside it, or a saved receipt",
    arguments: [
      {
        name: "file.json",
        description: "a plan's file, sealed or not, or a receipt that apply --format json printed",
        required: true,
        values: "file",
      },
    ],
    exits: { 0: "shown", 1: wrong },
    examples: ["partnerctl show plan.json --format html > plan.html", "partnerctl show receipt.json"],
    shows: ["plan", "receipt"],
    showsOne: true,
    load: () => import("../review/show.ts"),
  },
  {
    name: "ci publish",
    summary: "put a plan and its approvals where ci fetch finds them: on a branch beside the git ledger",
    arguments: [{ name: "plan.json", description: "the plan's file; the approvals beside it go along", required: true, values: "file" }],
    exits: { 0: "published", 1: wrong },
    examples: ["partnerctl ci publish plan.json"],
    load: () => import("../review/publish.ts"),
  },
  {
    name: "ci fetch",
    summary: "get the plan that was published for these manifests, settings and policies, with its approvals",
    options: [{ flag: "--out", value: "file", values: "file", description: "the plan's file (default: plan.json)" }],
    exits: { 0: "fetched", 1: "none was published, or an error" },
    examples: ["partnerctl ci fetch --out plan.json"],
    load: () => import("../review/fetch.ts"),
  },
  {
    name: "ci comment",
    summary: "put a report on the pull request or merge request this pipeline runs for, in place of the last one",
    arguments: [{ name: "report.md", description: "a file of Markdown, as --format markdown prints it", required: true, values: "file" }],
    options: [{ flag: "--name", value: "name", description: "which comment is replaced (default: plan)" }],
    exits: { 0: "commented", 1: wrong },
    examples: ["partnerctl ci comment plan.md", "partnerctl ci comment drift.md --name drift"],
    load: () => import("../review/comment.ts"),
  },
];
