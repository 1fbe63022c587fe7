import type { Approval } from "../../model/plan/approval.ts";

/** One person's approvals. Only the first counts. */
export type Person = readonly [Approval, ...Approval[]];

/**
 * Groups approvals by person. Approvals that share a key or a name (aliases included, ignoring
 * case) belong to the same person, also transitively.
 */
export function people(approvals: readonly Approval[]): readonly Person[] {
  let all: readonly Person[] = [];
  for (const approval of approvals) {
    const [first, ...rest] = all.filter((person) => person.some((one) => isSame(one, approval)));
    const merged: Person = first ? [...first, ...rest.flat(), approval] : [approval];
    // In the place of the first: the order of people stays that of their first approvals.
    const others = all.filter((person) => !rest.includes(person));
    all = first ? others.map((person) => (person === first ? merged : person)) : [...all, merged];
  }
  return all;
}

function isSame(left: Approval, right: Approval): boolean {
  if (left.fingerprint === right.fingerprint) return true;
  const names = new Set(namesOf(left));
  return namesOf(right).some((name) => names.has(name));
}

/** Whether one of a person's names matches one of the plan's authors, ignoring case. */
export function isAuthor(person: Person, authors: readonly string[]): boolean {
  const names = person.flatMap(namesOf);
  return authors.some((author) => names.some((name) => covers(name, author.toLowerCase())));
}

function namesOf({ principal, aliases = [] }: Approval): readonly string[] {
  return [principal, ...aliases].map((name) => name.toLowerCase());
}

/**
 * An allowed signer's principal may be a pattern (`*@contoso.example`). It covers every name that
 * matches.
 */
function covers(pattern: string, name: string): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll(/\*+/g, ".*").replaceAll("?", ".")}$`, "su").test(name);
}
