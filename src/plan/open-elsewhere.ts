import type { Diagnostic } from "../model/diagnostic.ts";
import { say } from "../model/say.ts";
import type { OpenWrite } from "./input.ts";

/** What is open of objects that nothing else is said of: it may be that nobody declares them any more. */
export function openElsewhere(open: readonly OpenWrite[], problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const told = new Set(problems.map(({ address }) => address));
  return open
    .filter(({ address }) => !told.has(address))
    .map(({ change, address }) => ({
      severity: "warning",
      code: "ledger/open",
      address,
      message: say`Whether ${change} of an earlier run was done is not known.`,
      hint: say`Apply again later, which finds out by reading. If it never shows, look in the account and say so: partnerctl settle ${change} --id ID, or --did-not-happen.`,
    }));
}
