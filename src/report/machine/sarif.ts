import { describeCode, documentationUrl } from "../../model/codes.ts";
import { sha256 } from "../../model/values/digest.ts";
import { languageOf } from "../language/language.ts";
import { escapeJson } from "../sanitize.ts";
import { type Finding, firstFindings, findingsOf, foundInPlan } from "./findings.ts";
import type { Format, Style } from "../report.ts";

/** SARIF 2.1.0 (OASIS) for code scanning: diagnostics, and guards that stop a plan. */
export const sarif: Format = {
  name: "sarif",
  shared: true,
  renderers: {
    diagnostics: ({ diagnostics }, style) => log(findingsOf(diagnostics, style), style),
    validation: ({ validation }, style) => log(findingsOf(validation.diagnostics, style), style),
    plan: ({ plan }, style) => log(foundInPlan(plan, style), style),
  },
};

/** The location of findings without one, such as guards. */
const settings = {
  file: "partnerctl.yaml",
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 1,
  excerpt: "",
};

/** GitHub shows at most this many results per file and rejects files with five times as many. */
const most = 5_000;

function log(all: readonly Finding[], style: Style): string {
  const findings = firstFindings(all, most, style);
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const print = fingerprints();
  const run = {
    tool: { driver: { name: "partnerctl", rules: codes.map((id) => ruleOf(id, style)) } },
    columnKind: "utf16CodeUnits",
    results: findings.map((finding) => ({
      ruleId: finding.code,
      ruleIndex: codes.indexOf(finding.code),
      level: finding.level,
      message: { text: [finding.text, finding.hint].filter(Boolean).join("\n") },
      locations: [location(finding, style.folder ?? "")],
      partialFingerprints: { "partnerctl/v1": print(finding) },
    })),
  };
  const document = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [run],
  };
  return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
}

/** The description of a code in the reader's language. Unknown codes have only an id. */
function ruleOf(id: string, style: Style): object {
  const known = describeCode(id);
  if (known === undefined) return { id };
  const { told } = languageOf(style);
  const { means, hint = means, page } = known;
  return {
    id,
    shortDescription: { text: told(means) },
    help: { text: told(hint) },
    helpUri: documentationUrl(page),
  };
}

function location({ at = settings, address }: Finding, folder: string): object {
  return {
    physicalLocation: {
      artifactLocation: {
        uri: encodeURI(folder + at.file).replaceAll(/[?#]/gu, encodeURIComponent),
      },
      region: {
        startLine: at.line,
        startColumn: at.column,
        endLine: at.endLine,
        endColumn: at.endColumn,
      },
    },
    ...(address !== undefined && {
      logicalLocations: [{ fullyQualifiedName: address, kind: "resource" }],
    }),
  };
}

/**
 * Creates fingerprints that stay the same when lines move or values change: hashes of code,
 * address, file and field, numbered if equal.
 */
function fingerprints(): (finding: Finding) => string {
  const seen = new Map<string, number>();
  return ({ code, address, at }) => {
    const field = /^[\s-]*"?([\w.-]+)"?:/u.exec(at?.excerpt ?? "")?.[1];
    const same = [code, address ?? "", at?.file ?? "", field ?? ""].join("\n");
    const before = seen.get(same) ?? 0;
    seen.set(same, before + 1);
    return sha256(`${same}\n${before}`);
  };
}
