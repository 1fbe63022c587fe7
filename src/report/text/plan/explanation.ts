import type { Explanation } from "../../../model/ledger/history.ts";
import type { Upcoming } from "../../../model/plan/dated.ts";
import type { RenewalRow } from "../../../model/plan/renewals.ts";
import type { Action, Cause, Change } from "../../../model/plan/plan.ts";
import { say } from "../../../model/text/phrase.ts";
import { textsOf } from "../../../model/text/recorded.ts";
import { type Language, languageOf } from "../../language/language.ts";
import type { Style } from "../../report.ts";
import { clean } from "../../sanitize.ts";
import { formatMoment, reasons, short } from "../../wording/format.ts";
import { indentLines, page, wrap } from "../../wording/layout.ts";
import type { IdNames } from "../../wording/value.ts";
import { paint, type Tone } from "../../wording/paint.ts";
import { decisions, nowAndThen } from "../renewals.ts";
import { upcomingFields } from "./upcoming.ts";
import { diagnosticLines } from "../diagnostics.ts";
import { changeLines } from "./change.ts";

const since: Readonly<Record<Cause, string>> = {
  manifest: say`the manifest changed since it was last applied`,
  drift: say`the account was changed elsewhere since it was last applied`,
  both: say`both the manifest and the account changed since it was last applied`,
  new: say`it was not managed before`,
};

const verdicts: Readonly<
  Record<Explanation["verdict"], { readonly words: string; readonly tone: Tone }>
> = {
  changes: { words: say`will change`, tone: "caution" },
  unchanged: { words: say`is as declared`, tone: "good" },
  problem: { words: say`cannot be planned`, tone: "bad" },
  unmanaged: {
    words: say`is in the account, and in no manifest; it is left alone`,
    tone: "accent",
  },
  unknown: { words: say`is neither declared nor in the account`, tone: "bad" },
};

const intents: Readonly<Record<Action, string>> = {
  create: say`To create`,
  update: say`To update`,
  upgrade: say`To upgrade`,
  remove: say`To remove`,
  forget: say`To forget`,
  rename: say`To rename`,
  protect: say`To protect`,
  unprotect: say`To protect no more`,
};

/** Explains why an object changes or does not. */
export function textExplanation(given: Explanation, style: Style): string {
  const result = clean(given);
  const language = languageOf(style);
  const { words, tone } = verdicts[result.verdict];
  const frame = {
    prefix: "",
    nameWidth: 0,
    names: result.names ?? {},
    style: { ...style, verbose: true },
  };
  const similar =
    result.similar.length > 0
      ? wrap(language.say`Did you mean ${result.similar.join(language.say` or `)}?`, style.width)
      : [];
  return page([
    [
      language.say`${paint("strong", result.address, style)} ${paint(tone, language.told(words), style)}.`,
      ...facts(result, style),
      ...similar,
    ],
    ...result.changes.map((change) => [
      ...indentLines(wrap(intent(change, language), style.width - 2), 2),
      ...changeLines(change, frame),
      ...indentLines(
        textsOf(change, "steps").flatMap((step) => wrap(language.told(step), style.width - 6)),
        6,
      ),
    ]),
    ...result.problems.map((one) => diagnosticLines(one, style)),
  ]);
}

function intent({ action, by, reason, cause }: Change, language: Language): string {
  const verb = language.told(intents[action]);
  const [why, when] = [language.told(reasons[reason]), language.told(since[cause])];
  return by === "manual"
    ? language.say`${verb} manually: ${why}, and ${when}.`
    : language.say`${verb}: ${why}, and ${when}.`;
}

function facts(result: Explanation, style: Style): readonly string[] {
  const { declaredAt, id, lastApplied } = result;
  const language = languageOf(style);
  const told = [
    declaredAt ? language.say`declared at ${`${declaredAt.file}:${declaredAt.line}`}` : "",
    id ? language.say`in the account as ${id}` : "",
    lastApplied ? applied(lastApplied, language) : "",
    ...(result.renewal ? termFacts(result.renewal, language) : []),
    ...(result.upcoming ?? []).map((one) => upcomingFact(one, result.names ?? {}, language)),
  ].filter(Boolean);
  return indentLines(
    told.flatMap((fact) => wrap(fact, style.width - 2)),
    2,
  );
}

/** When the term ends, what happens then by itself, and what is decided. */
function termFacts(row: RenewalRow, language: Language): readonly string[] {
  const { endsOn, renewsItself, decision } = row;
  const decided = language.told(decisions[decision]);
  return [
    renewsItself === undefined
      ? language.say`its term ends on ${endsOn}`
      : renewsItself
        ? language.say`its term ends on ${endsOn}, and renews by itself`
        : language.say`its term ends on ${endsOn}, and does not renew by itself`,
    language.say`decided about that end: ${decided}; ${nowAndThen(row, language)}`,
  ];
}

function upcomingFact(one: Upcoming, names: IdNames, language: Language): string {
  return language.say`upcoming on ${one.on}: ${upcomingFields(one, names, language)}`;
}

function applied(
  { at, actor, run, commit }: NonNullable<Explanation["lastApplied"]>,
  language: Language,
): string {
  const told = language.say`last applied ${formatMoment(at)} by ${actor} in run ${run}`;
  return commit ? language.say`${told}, commit ${short(commit)}` : told;
}
