import type { Approval } from "../../model/plan/approval.ts";

/** One person's approvals, the one that counts first. */
export type Person = readonly [Approval, ...Approval[]];

/** Approvals by person, in their order: whoever shares a key or a name with another is the same, also through a third. */
export function people(approvals: readonly Approval[]): readonly Person[] {
  let all: readonly Person[] = [];
  for (const approval of approvals) {
    const [first, ...rest] = all.filter((person) => person.some((one) => isSame(one, approval)));
    const merged: Person = first ? [...first, ...rest.flat(), approval] : [approval];
    all = first ? [...all.filter((person) => person !== first && !rest.includes(person)), merged] : [...all, merged];
  }
  return all;
}

function isSame(left: Approval, right: Approval): boolean {
  if (left.fingerprint === right.fingerprint) return true;
  const names = new Set(namesOf(left));
  return namesOf(right).some((name) => names.has(name));
}

/** Whether a person is one of a plan's authors, in whatever case they are written. */
export function isAuthor(person: Person, authors: readonly string[]): boolean {
  const names = person.flatMap(namesOf);
  return authors.some((author) => names.some((name) => covers(name, author.toLowerCase())));
}

function namesOf({ principal, aliases = [] }: Approval): readonly string[] {
  return [principal, ...aliases].map((name) => name.toLowerCase());
}

/** Allowed signers may be named by a pattern (`*@contoso.example`), which may be anybody it fits. */
function covers(pattern: string, name: string): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll(/\*+/g, ".*").replaceAll("?", ".")}$`, "su").test(name);
}
