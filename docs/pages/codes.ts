import { describeCode, registeredCodes } from "../../src/model/codes.ts";
import { code, made, plain } from "./markdown.ts";

/** Every code that a diagnostic can have, with what it means and where to read on. */
export function codesPage(): string {
  const intro = [
    "Every problem and every remark has a code. It stays the same, whatever the language of its message, and is never used",
    "again for something else. `partnerctl explain CODE` shows the same in a terminal.",
    "",
    `What a policy of your own finds has the code ${code("policy/NAME")}, with the policy's name.`,
  ].join("\n");
  return `${["# Codes", made, intro, ...registeredCodes().map(entry)].join("\n\n")}\n`;
}

function entry(name: string): string {
  const { means = "", hint = "", page = "" } = describeCode(name) ?? {};
  const path = page.startsWith("reference/") ? page.replace("reference/", "") : `../${page}`;
  return `## ${name}\n\n${plain([means, hint].filter(Boolean).join(" "))} Read on: [${path.replace("../", "")}](${path}).`;
}
