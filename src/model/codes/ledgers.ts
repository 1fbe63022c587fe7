import { say } from "../text/phrase.ts";
import { describeCodes } from "./code-text.ts";

/** Codes of the ledger. */
export const ledgerCodes = describeCodes({
  "history/ambiguous": {
    means: say`Several runs begin with this text.`,
    hint: say`Write more of the run's id.`,
  },
  "history/unknown": {
    means: say`The ledger has no run and no object of this name.`,
    hint: say`\`partnerctl history\` lists the runs.`,
  },
  "ledger/attempt": {
    means: say`A creation with other values may still happen, so nothing is planned.`,
    hint: say`Look in the account, and settle it with --did-not-happen.`,
  },
  "ledger/beyond-repair": {
    means: say`What this machine has seen of the ledger is gone, and there is no copy.`,
    hint: say`Restore the ledger from a backup or another clone.`,
  },
  "ledger/broken": {
    means: say`The ledger failed its integrity check.`,
    hint: say`Run partnerctl ledger verify, then partnerctl ledger repair.`,
  },
  "ledger/dropped": {
    means: say`Entries are missing from the ledger.`,
    hint: say`Restore it from a backup or another clone.`,
  },
  "ledger/edited": {
    means: say`An entry of the ledger was edited.`,
    hint: say`Restore it from a backup or another clone.`,
  },
  "ledger/forgotten": {
    means: say`A pipeline's runner would lose the ledger that it keeps in a file.`,
    hint: say`Keep it on a git branch (ledger: type: git).`,
  },
  "ledger/incomplete": {
    means: say`The ledger does not hold an entry that was seen before.`,
    hint: say`Restore it from a backup or another clone.`,
  },
  "ledger/key-gone": {
    means: say`The ledger was founded with a key whose file is gone.`,
    hint: say`Restore the file, or run partnerctl ledger rekey.`,
  },
  "ledger/key-unconfirmed": {
    means: say`The ledger's old key is not there to vouch for the new one.`,
    hint: say`Give a reason, which is recorded: --reason TEXT.`,
  },
  "ledger/locked": {
    means: say`Another run holds the lease.`,
    hint: say`Wait for it, or see partnerctl ledger unlock.`,
  },
  "ledger/moved": {
    means: say`Another run wrote to the ledger at the same moment.`,
    hint: say`Run the command again.`,
  },
  "ledger/no-file": {
    means: say`There is no ledger file of this name.`,
    hint: say`Correct the path.`,
  },
  "ledger/no-key": {
    means: say`The ledger was not given its key, so nothing can be written to it.`,
    hint: say`Set PARTNERCTL_LEDGER_KEY.`,
  },
  "ledger/no-new-key": {
    means: say`There is no new key to change the ledger's key for.`,
    hint: say`Give one with --new-key FILE.`,
  },
  "ledger/no-public-key": {
    means: say`The settings do not name the ledger's public key, so a new clone trusts any.`,
    hint: say`Add ledger.publicKey to the settings.`,
  },
  "ledger/not-an-entry": {
    means: say`A line of the ledger is not an entry.`,
    hint: say`Restore it from a backup or another clone.`,
  },
  "ledger/not-founded": {
    means: say`There is no ledger yet.`,
    hint: say`The first apply founds it.`,
  },
  "ledger/not-shared": {
    means: say`The ledger is a file here, so other machines do not know what was applied.`,
    hint: say`Keep it on a git branch (ledger: type: git).`,
  },
  "ledger/open": {
    means: say`Whether a write of an earlier run was done is not known.`,
    hint: say`Apply again later, or run partnerctl ledger settle.`,
  },
  "ledger/open-writes": {
    means: say`The ledger's key cannot change while the outcome of a write is open.`,
    hint: say`Run partnerctl ledger settle first.`,
  },
  "ledger/other-account": {
    means: say`The ledger was founded for another account.`,
    hint: say`Give each account a ledger of its own.`,
  },
  "ledger/other-key": {
    means: say`The key is not the ledger's.`,
    hint: say`Set PARTNERCTL_LEDGER_KEY to the ledger's own key.`,
  },
  "ledger/other-public-key": {
    means: say`The ledger is not signed with the key that the settings name.`,
    hint: say`Find out which of the two is right before anything is applied.`,
  },
  "ledger/recipient": {
    means: say`An entry under ledger.recipients is not an age recipient.`,
    hint: say`A recipient looks like age1….`,
  },
  "ledger/reordered": {
    means: say`Entries of the ledger are out of order.`,
    hint: say`Restore it from a backup or another clone.`,
  },
  "ledger/repair-unrecorded": {
    means: say`The ledger was repaired, but the repair could not be recorded.`,
    hint: say`Repair it again where the ledger's key is set.`,
  },
  "ledger/replaced": {
    means: say`An entry was not written after the entry that stands before it.`,
    hint: say`Restore the ledger from a backup or another clone.`,
  },
  "ledger/rolled-back": {
    means: say`The ledger is older than what this machine has seen of it.`,
    hint: say`Restore it from a backup or another clone.`,
  },
  "ledger/short-key": {
    means: say`The ledger's key is shorter than 32 characters.`,
    hint: say`Make one with: openssl rand -base64 32.`,
  },
  "ledger/unavailable": {
    means: say`The ledger cannot be reached.`,
    hint: say`Check its folder or its remote, and run the command again.`,
  },
  "ledger/unsettled": {
    means: say`An earlier write may have made the object, so nothing is planned for it.`,
    hint: say`Plan again later, or run partnerctl ledger settle.`,
  },
  "ledger/unsigned": {
    means: say`An entry of the ledger has no valid signature.`,
    hint: say`Restore it from a backup or another clone.`,
  },
  "ledger/weak-key": {
    means: say`The file of the new key holds no key of enough characters.`,
    hint: say`Make one with: openssl rand -base64 32.`,
  },
});
