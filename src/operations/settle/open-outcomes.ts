import { type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import type { LedgerState, OpenIntent } from "../../model/ledger/ledger-state.ts";
import { say } from "../../model/text/phrase.ts";

/** A warning for each unsettled write, with how to settle it. */
export function openOutcomes(state: LedgerState): readonly Diagnostic[] {
  return unsettledIn(state).map(({ change, address, action, at }) =>
    diagnostic({
      severity: "warning",
      code: "ledger/open",
      address,
      message: say`Whether ${change} (${action}, begun at ${at}) was done is not known.`,
      hint: say`Look in the account and say so: partnerctl ledger settle ${change} --id ID, or --did-not-happen. partnerctl ledger settle --by-reading looks first.`,
    }),
  );
}

/** Open writes, and those that only a read says did not happen. */
export function unsettledIn({ open, attempts }: LedgerState): readonly OpenIntent[] {
  const all = Object.values(open);
  const again = new Set(all.map(({ address }) => address));
  const pending = Object.values(attempts).flatMap((one) => one.pending ?? []);
  return [...all, ...pending.filter(({ address }) => !again.has(address))];
}
