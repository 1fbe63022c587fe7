import { type Diagnostic, diagnostic } from "../diagnostic.ts";
import { say } from "../text/phrase.ts";

/** The ledger needs a key from the settings, and none was given. */
export const noKey: Diagnostic = {
  severity: "error",
  code: "ledger/no-key",
  message: say`This ledger was not given its key, so nothing can be written to it.`,
  hint: say`Set ledger.key to \${PARTNERCTL_LEDGER_KEY} in the settings, and that variable to a secret of your own, the same for every run.`,
};

/** Reports that the key file of a ledger that was founded with one is missing. */
export function keyGone(where: string): Diagnostic {
  return diagnostic({
    severity: "error",
    code: "ledger/key-gone",
    message: say`The key of the ledger ${where} is gone: it was founded with one, and its file is not beside it.`,
    hint: say`Restore the file ${`${where}.key`} from a backup; if it is lost for good, \`partnerctl ledger rekey\` says what to do.`,
  });
}

/**
 * Warns that the settings lack a shared ledger's public key: a clone that has not read the ledger
 * before would trust any founder.
 */
export function noPublicKey(inForce: string): Diagnostic {
  return diagnostic({
    severity: "warning",
    code: "ledger/no-public-key",
    message: say`The settings do not name this ledger's public key, so a clone that has not read it before would believe any other in its place.`,
    hint: say`Add this line to ledger in the settings: \`publicKey: ${inForce}\`.`,
  });
}

/** Warns that the key is short. The public key allows checking guesses without a trace. */
export const shortKey: Diagnostic = {
  severity: "warning",
  code: "ledger/short-key",
  message: say`The ledger's key is shorter than 32 characters, so it could be guessed.`,
  hint: say`Make one with: openssl rand -base64 32. Where the ledger has been founded, \`partnerctl ledger rekey\` changes its key.`,
};

/** There is no ledger yet, so it has no key to change. */
export const notFounded: Diagnostic = {
  severity: "error",
  code: "ledger/not-founded",
  message: say`There is no ledger here yet, so it has no key to change.`,
};

/**
 * Reports that a new key needs review: it counts without the old key only if the settings name it.
 */
export function unconfirmedKey(publicKey: string): Diagnostic {
  return diagnostic({
    severity: "error",
    code: "ledger/key-unconfirmed",
    message: say`The ledger's own key is not at hand, so it cannot vouch for the new one.`,
    hint: say`Let \`ledger.publicKey: ${publicKey}\` be reviewed in the settings, then run this again with --reason TEXT.`,
  });
}

/** Reports that the given key is not the one that signs this ledger. */
export function otherKey(given: string, inForce: string): Diagnostic {
  return diagnostic({
    severity: "error",
    code: "ledger/other-key",
    message: say`This is not the ledger's key: its public half is ${given}, and the ledger is signed with ${inForce}.`,
    hint: say`Give the key this ledger was founded with; a key is changed with \`partnerctl ledger rekey\` alone.`,
  });
}
