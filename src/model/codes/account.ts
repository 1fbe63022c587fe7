import { backendAdvice } from "../text/backend-advice.ts";
import { say } from "../text/phrase.ts";
import { describeCodes } from "./code-text.ts";

/** Codes of the account's backend, of export and pull, and of the reference. */
export const accountCodes = describeCodes({
  "invoice/file": {
    means: say`A file is not a reconciliation file, or one of its rows cannot be read.`,
    hint: say`Download the reconciliation file again, and save it as CSV.`,
  },
  "invoice/unavailable": {
    means: say`The backend has no invoices, or the settings say so.`,
    hint: say`Reconcile the file as downloaded.`,
  },
  "invoice/unknown": {
    means: say`The account has no such invoice.`,
    hint: say`List the invoices with partnerctl invoices.`,
  },
  "snapshot/no-key": {
    means: say`The snapshot of the account is sealed with the ledger's key, which is not known here.`,
    hint: say`Give the key as the settings' ledger.key says.`,
  },
  "backend/conflict": {
    means: say`Somebody changed the object at the same time.`,
    hint: backendAdvice.conflict,
  },
  "backend/denied": {
    means: say`The account refused the request, or the sign-in.`,
    hint: backendAdvice.denied,
  },
  "backend/missing": {
    means: say`The object is not in the account any more.`,
    hint: backendAdvice.missing,
  },
  "backend/rejected": {
    means: say`The account does not accept what was sent.`,
    hint: backendAdvice.rejected,
  },
  "backend/throttled": {
    means: say`The account asks for fewer requests.`,
    hint: backendAdvice.throttled,
  },
  "backend/unavailable": {
    means: say`The account could not be reached.`,
    hint: backendAdvice.unavailable,
  },
  "backend/unknown-outcome": {
    means: say`A write was sent, and whether it was done is not known.`,
    hint: backendAdvice["unknown-outcome"],
  },
  "comment/failed": {
    means: say`The repository's host did not take the comment.`,
    hint: say`The message holds the words of the host.`,
  },
  "emulator/unusable": {
    means: say`The emulator cannot start with these options or files.`,
    hint: say`Correct what the message names.`,
  },
  "explain/unknown": {
    means: say`There is no such kind, field or code.`,
    hint: say`\`partnerctl explain\` lists the kinds.`,
  },
  "export/exists": {
    means: say`Files of an export exist already and differ, so nothing was written.`,
    hint: say`Use --force to replace them, or another folder.`,
  },
  "export/left-out": {
    means: say`Objects that can only be changed elsewhere are left out of an export.`,
    hint: say`Change them in Partner Center.`,
  },
  "pull/emptied": {
    means: say`A field has no value in the account any more, which a manifest cannot say.`,
    hint: say`Remove the field, or apply the manifest.`,
  },
  "pull/invalid": {
    means: say`With what the account has, the manifests would not be valid.`,
    hint: say`Correct the manifest as the message says.`,
  },
  "pull/layout": {
    means: say`A field is written in a way that cannot be edited with comments kept.`,
    hint: say`Write the list with one item a line.`,
  },
  "pull/shared": {
    means: say`A field comes through a YAML alias, so editing it would change others.`,
    hint: say`Write the value out where it differs.`,
  },
  "pull/unsound": {
    means: say`The edited manifest would not say what the account has.`,
    hint: say`This is a bug in partnerctl: report it with the manifest.`,
  },
  "pull/unwritten": {
    means: say`A field is not written as a field of its own.`,
    hint: say`Write it out, then pull again.`,
  },
  "pull/wished": {
    means: say`A field differs because the manifest changed, so the manifest stands.`,
    hint: say`Apply it, or give it up with partnerctl pull --all.`,
  },
});
