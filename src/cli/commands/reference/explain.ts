import { type Explained, explain } from "../../../kinds/explain.ts";
import type { Checked } from "../../../model/diagnostic.ts";
import { say } from "../../../model/text/say.ts";
import { didYouMean } from "../../../model/text/similar.ts";
import type { SchemaReference } from "../../../report/report.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { readSchema } from "../../project/schemas.ts";
import { wrong } from "../../parse/options.ts";

/** `partnerctl explain`, described. */
export const explainCommand: Command = {
  name: "explain",
  group: "reference",
  summary: "describe a kind, a field of it, or a code of a problem",
  arguments: [{ name: "kind.field|code", description: "Customer, Customer.billing.address, schema/enum, … (default: all kinds)" }],
  exits: { 0: "described", 1: wrong },
  examples: ["partnerctl explain", "partnerctl explain User.recovery", "partnerctl explain guard/money"],
  shows: ["reference"],
  load: () => import("./explain.ts"),
};

/** Describes all kinds, a kind, a field of one, or a diagnostic's code. */
export async function run({ words, terminal }: Invocation): Promise<number> {
  const [path = ""] = words;
  const explained = path.includes("/") ? await explainCode(path) : explain(path, await documents(path));
  if (!explained.ok) {
    terminal.diagnostics(explained.diagnostics);
    return exitStatus.error;
  }
  terminal.result(terminal.report.reference(explained.value, terminal.style));
  return exitStatus.done;
}

async function explainCode(code: string): Promise<Checked<SchemaReference>> {
  const { describeCode, documentationUrl, registeredCodes } = await import("../../../model/codes.ts");
  const known = describeCode(code);
  if (known === undefined) {
    const message = say`There is no code ${code}.`;
    const hint = didYouMean(code, registeredCodes()) ?? say`The reference lists all codes: ${documentationUrl("reference/codes.md")}`;
    return { ok: false, diagnostics: [{ severity: "error", code: "explain/unknown", message, hint }] };
  }
  const { means: description, hint, page } = known;
  return {
    ok: true,
    value: { path: code, type: say`code`, description, ...(hint && { hint }), page: documentationUrl(page) },
    diagnostics: [],
  };
}

/** The settings, policies and the like are explained by their names, as kinds are. */
async function documents(path: string): Promise<readonly Explained[]> {
  const schema = await readSchema(path.split(".", 1)[0] ?? "");
  return typeof schema?.title === "string" ? [{ name: schema.title, schema, fixed: [], personal: [] }] : [];
}
