import type { WaitingCredential } from "../../model/ledger/history.ts";
import { clean } from "../sanitize.ts";
import { type Language, languageOf } from "../language/language.ts";
import { page } from "../wording/layout.ts";
import { paint } from "../wording/paint.ts";
import type { Style } from "../report.ts";
import { orderCredentials } from "../wording/natural-order.ts";
import { count, formatMoment } from "../wording/format.ts";

/** Credentials that wait for delivery, one per line; an opened one with its content. */
export function textCredentials(given: readonly WaitingCredential[], style: Style): string {
  const rows = clean(orderCredentials(given));
  const language = languageOf(style);
  if (rows.length === 0) return page([[language.say`No credential waits to be handed over.`]]);
  const lines = rows.flatMap((row) => [titleOf(row, style), ...openedLines(row, language)]);
  const total = count(rows.length, "credential", language);
  return page([
    lines,
    rows.some(({ opened }) => opened) ? [] : [language.say`${total} to be handed over.`],
  ]);
}

function titleOf({ address, file, since }: WaitingCredential, style: Style): string {
  const language = languageOf(style);
  const when =
    since === undefined
      ? language.say`not in the ledger`
      : language.say`since ${formatMoment(since)}`;
  return `${paint("strong", address ?? file, style)}  ${paint("dim", when, style)}`;
}

function openedLines({ opened }: WaitingCredential, language: Language): readonly string[] {
  if (!opened) return [];
  return [
    `    ${language.say`user name: ${opened.userName}`}`,
    `    ${language.say`password: ${opened.secret}`}`,
  ];
}
