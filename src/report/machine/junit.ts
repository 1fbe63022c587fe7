import { type Finding, findingsOf, foundInPlan, foundInReceipt } from "./findings.ts";
import type { Format, Style } from "../report.ts";

/**
 * JUnit XML, which pipelines show as test results: one test case per finding, which fails if it is
 * an error, and one for the whole.
 */
export const junit: Format = {
  name: "junit",
  shared: true,
  renderers: {
    diagnostics: ({ diagnostics }, style) =>
      suites("partnerctl", findingsOf(diagnostics, style), style),
    validation: ({ validation }, style) =>
      suites("validate", findingsOf(validation.diagnostics, style), style),
    plan: ({ plan }, style) => suites("plan", foundInPlan(plan, style), style),
    receipt: ({ receipt }, style) => suites("apply", foundInReceipt(receipt, style), style),
  },
};

function suites(name: string, findings: readonly Finding[], style: Style): string {
  const failed = findings.filter(({ level }) => level === "error").length;
  const counts = `tests="${findings.length + 1}" failures="${failed}" errors="0"`;
  const cases = findings.map((finding) => testCase(finding, name, style));
  const whole = `    <testcase classname="partnerctl" name=${quoted(name)}/>`;
  const suite = [
    `  <testsuite name=${quoted(name)} ${counts} skipped="0">`,
    whole,
    ...cases,
    "  </testsuite>",
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="partnerctl" ${counts}>`,
    ...suite,
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase(
  { level, code, text, hint, at, address }: Finding,
  suite: string,
  { folder = "" }: Style,
): string {
  const place = at && `${folder}${at.file}:${at.line}:${at.column}`;
  const file = at ? ` file=${quoted(folder + at.file)} line="${at.line}"` : "";
  const name = quoted([code, address ?? place].filter(Boolean).join(" "));
  const opening = `    <testcase classname=${quoted(`partnerctl.${suite}`)} name=${name}${file}>`;
  const told = content([place, text, hint].filter(Boolean).join("\n"));
  const body =
    level === "error"
      ? `<failure type=${quoted(code)} message=${quoted(text)}>${told}</failure>`
      : `<system-out>${told}</system-out>`;
  return [opening, `      ${body}`, "    </testcase>"].join("\n");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
};

function quoted(text: string): string {
  return `"${text.replaceAll(/[&<>"\n\t]/gu, (character) => entities[character] ?? "")}"`;
}

function content(text: string): string {
  return text.replaceAll(/[&<>]/gu, (character) => entities[character] ?? "");
}
