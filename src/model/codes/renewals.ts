import { say } from "../text/phrase.ts";
import { describeCodes } from "./code-text.ts";

/** Codes of decisions about the ends of terms. */
export const renewalCodes = describeCodes({
  "renewal/carried-out": {
    means: say`A subscription has the seats that its renewal asks for, and its manifest says others.`,
    hint: say`Write them as spec.quantity, and leave spec.renewal.quantity out.`,
  },
  "renewal/missed": {
    means: say`A term began anew before the suspension that was to end it was applied.`,
    hint: say`Apply plans between the day of the suspension and the end of the term.`,
  },
  "renewal/no-end": {
    means: say`A renewal is decided, and the account tells no end of the term.`,
    hint: say`Look up the end of the term in Partner Center.`,
  },
  "renewal/not-offered": {
    means: say`A renewal asks for what legacy commerce cannot do.`,
    hint: say`Leave the field out.`,
  },
  "renewal/undecided": {
    means: say`A term ends soon, and nobody has decided what is to happen then.`,
    hint: say`Write spec.renewal.mode: renew or cancel.`,
  },
  "renewal/unverified": {
    means: say`No document says whether a suspension before the end of a term avoids the next one.`,
    hint: say`Look in Partner Center after the end, and record it with ledger attest.`,
  },
});
