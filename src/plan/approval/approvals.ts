import { millisecondsIn } from "../../model/values/duration.ts";
import type { Approval } from "../../model/plan/approval.ts";
import { compare, type Diagnostic } from "../../model/diagnostic.ts";
import type { ApprovalNeed } from "../../model/plan/approval-need.ts";
import { say } from "../../model/text/phrase.ts";
import type { ApprovalRules } from "./approval-rules.ts";
import { isAuthor, type Person, people } from "./approvers.ts";
import { record } from "../../model/text/recorded.ts";

export type { ApprovalRules } from "./approval-rules.ts";

/** What `judge` needs to evaluate approvals. */
export interface Bench {
  readonly needs: readonly ApprovalNeed[];
  readonly rules: Pick<ApprovalRules, "author" | "expireAfter">;
  /** Who wrote the plan's inputs and made the plan. Undefined if unknown. */
  readonly authors: readonly string[] | undefined;
  /** RFC 3339, UTC. */
  readonly now: string;
}

/**
 * The result of evaluating approvals. Warnings explain why an approval does not count; errors state
 * what is missing.
 */
export interface Judgement {
  readonly enough: boolean;
  readonly counted: readonly Approval[];
  /**
   * Whether at least one approver is not an author. If the authors are unknown, one approver is
   * assumed to be the author.
   */
  readonly independent: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Evaluates approvals whose signatures are already verified. Expired approvals and those dated in
 * the future do not count, each person counts once, and an author's approval counts only as far as
 * `rules.author` allows.
 */
export function judge(approvals: readonly Approval[], bench: Bench): Judgement {
  const latestFirst = [...approvals].sort(byLatest);
  const late = latestFirst.flatMap((one) => untimely(one, bench) ?? []);
  const all = people(latestFirst.filter((one) => untimely(one, bench) === undefined));
  const missing = lacking(all, bench);
  return {
    enough: missing.length === 0,
    counted: all.map(([approval]) => approval).reverse(),
    independent: othersIn(all, bench.authors).length > 0,
    diagnostics: [...late, ...all.flatMap(repeated), ...missing],
  };
}

/**
 * Latest first; approvals of the same time by principal, then by key. The order of their files is
 * arbitrary.
 */
function byLatest(left: Approval, right: Approval): number {
  return (
    Date.parse(right.at) - Date.parse(left.at) ||
    compare(right.principal, left.principal) ||
    compare(right.fingerprint, left.fingerprint)
  );
}

/** Permitted clock difference between the machines that sign and apply, in milliseconds. */
const tolerance = 5 * 60_000;

function untimely(
  { principal, at }: Approval,
  { now, rules: { expireAfter } }: Bench,
): Diagnostic | undefined {
  const age = Date.parse(now) - Date.parse(at);
  if (age > millisecondsIn(expireAfter)) {
    const message = say`The approval of ${principal} has expired: it was given at ${at} and holds for ${expireAfter}.`;
    return record({
      severity: "warning",
      code: "approval/expired",
      message,
      hint: say`Have the plan approved again.`,
    });
  }
  if (age >= -tolerance) return undefined;
  const message = say`The approval of ${principal} is dated ${at}, which is yet to come.`;
  return record({
    severity: "warning",
    code: "approval/future",
    message,
    hint: say`Set the clock where it was signed, and approve again.`,
  });
}

function repeated([first, ...others]: Person): readonly Diagnostic[] {
  return others.map(({ principal, fingerprint }) =>
    record({
      severity: "warning",
      code: "approval/twice",
      message:
        first.fingerprint === fingerprint
          ? say`${principal} approved twice with key ${fingerprint}; one person counts once.`
          : say`${principal} approved twice, with keys ${first.fingerprint} and ${fingerprint}; one person counts once.`,
      hint: say`Let somebody else approve it.`,
    }),
  );
}

/** If the authors are unknown, any one approver could be the author and is left out. */
function othersIn(
  all: readonly Person[],
  authors: readonly string[] | undefined,
): readonly Person[] {
  return authors === undefined ? all.slice(1) : all.filter((one) => !isAuthor(one, authors));
}

function lacking(
  all: readonly Person[],
  { needs, rules: { author }, authors }: Bench,
): readonly Diagnostic[] {
  const needed = Math.max(0, ...needs.map(({ approvals }) => approvals));
  const others = othersIn(all, authors);
  const worth = author === "never" ? others.length : all.length;
  if (needed === 0) return [];
  if (author === "not-alone" && worth >= needed && others.length === 0)
    return [ownWord(all, authors, author)];
  if (worth >= needed) return [];
  const own =
    author === "never" && others.length < all.length ? [ownWord(all, authors, author)] : [];
  return [...own, missing(needs, needed, worth)];
}

function ownWord(
  all: readonly Person[],
  authors: readonly string[] | undefined,
  rule: "not-alone" | "never",
): Diagnostic {
  const [{ principal } = { principal: "" }] =
    all.find((one) => authors !== undefined && isAuthor(one, authors)) ?? [];
  const message =
    authors === undefined
      ? say`The plan's author is unknown, so any approver could be the author; one more approval is required.`
      : rule === "never"
        ? say`${principal} wrote or made this plan, and an author's approval does not count.`
        : say`${principal} wrote or made this plan and cannot approve it alone.`;
  const hint =
    authors === undefined
      ? say`Plan where the ledger's key is at hand, which marks the plan with its authors, or let somebody else approve it too.`
      : say`Let somebody else approve it.`;
  return record({ severity: "error", code: "approval/author", message, hint });
}

function missing(needs: readonly ApprovalNeed[], needed: number, worth: number): Diagnostic {
  const reasons = needs.map(({ rule, because }) =>
    rule === undefined ? because : `${because} (${rule})`,
  );
  const because = reasons.reduce((sum, reason) => `${sum}; ${reason}`);
  const message =
    needed === 1
      ? say`This plan needs 1 approval and has none: ${because}.`
      : say`This plan needs ${needed} approvals and has ${worth}: ${because}.`;
  const hint = say`Run \`partnerctl plan --out plan.json\`, then \`partnerctl approve plan.json\` by each of them, then \`partnerctl apply plan.json\`.`;
  return record({ severity: "error", code: "approval/missing", message, hint });
}
