import type { RenewalRow, Renewals } from "../../model/plan/renewals.ts";
import { dayAfter } from "../../model/values/duration.ts";
import { type Language, languageOf } from "../language/language.ts";
import type { Format } from "../report.ts";
import { bytes } from "../markdown/limit.ts";
import { clean } from "../sanitize.ts";
import { textDiagnostics } from "../text/diagnostics.ts";
import { decisions, nowAndThen } from "../text/renewals.ts";

/**
 * A calendar (RFC 5545) to which Outlook and WeCom can subscribe: an all-day event for each end of
 * a term, and for each day on which a decision changes something.
 */
export const ics: Format = {
  name: "ics",
  shared: true,
  renderers: {
    diagnostics: ({ diagnostics }, style) => textDiagnostics(diagnostics, style),
    renewals: ({ renewals }, style) => calendar(clean(renewals), languageOf(style)),
  },
};

function calendar({ asOf, rows }: Renewals, language: Language): string {
  const stamp = `${compact(asOf)}T000000Z`;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//partnerctl//renewals//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escaped(language.say`Ends of terms`)}`,
    ...rows.flatMap((row) => eventsOf(row, stamp, language)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function eventsOf(row: RenewalRow, stamp: string, language: Language): readonly string[] {
  const { id, endsOn, actsOn, customer, name, decision } = row;
  const told = language.told(decisions[decision]);
  const about = { stamp, text: nowAndThen(row, language) };
  return [
    ...event({
      ...about,
      uid: `${id}-${endsOn}-end`,
      day: endsOn,
      title: language.say`Term ends: ${customer} ${name} (${told})`,
    }),
    ...(actsOn === undefined
      ? []
      : event({
          ...about,
          uid: `${id}-${endsOn}-change`,
          day: actsOn,
          title: language.say`Change is due: ${customer} ${name} (${told})`,
        })),
  ];
}

interface DayEvent {
  /** The same in every file, whatever else changes. */
  readonly uid: string;
  readonly stamp: string;
  readonly day: string;
  readonly title: string;
  readonly text: string;
}

function event({ uid, stamp, day, title, text }: DayEvent): readonly string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${escaped(uid)}@partnerctl.dev`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${compact(day)}`,
    `DTEND;VALUE=DATE:${compact(dayAfter(day, "P1D"))}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

function compact(day: string): string {
  return day.replaceAll("-", "");
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\r\n|\r|\n/g, "\\n");
}

/** Lines have at most 75 bytes. A continuation begins with a space. No character is split. */
function folded(line: string): string {
  let [written, room] = ["", 75];
  for (const character of line) {
    const size = bytes(character);
    if (size > room) [written, room] = [`${written}\r\n `, 74];
    written += character;
    room -= size;
  }
  return written;
}
