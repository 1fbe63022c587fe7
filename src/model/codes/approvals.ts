import { say } from "../text/phrase.ts";
import { describeCodes } from "./code-text.ts";

/** Codes of approvals, signatures and sealed files. */
export const approvalCodes = describeCodes({
  "approval/author": {
    means: say`An author of the plan cannot approve it alone.`,
    hint: say`Have somebody else approve it too.`,
  },
  "approval/changed": {
    means: say`An approval does not fit what it stands beside: one of the two was changed.`,
    hint: say`Approve the plan again.`,
  },
  "approval/expired": {
    means: say`An approval is older than the settings allow.`,
    hint: say`Approve the plan again.`,
  },
  "approval/future": {
    means: say`An approval is dated in the future.`,
    hint: say`Correct the clock where it was signed, and approve again.`,
  },
  "approval/host": {
    means: say`The repository's host cannot be asked who approved a change.`,
    hint: say`Check its token and its address.`,
  },
  "approval/key-expired": {
    means: say`A key may not sign at this time, as the list of signers says.`,
    hint: say`Renew the key's entry, or sign with another one.`,
  },
  "approval/missing": {
    means: say`The plan needs more approvals.`,
    hint: say`Have it approved as the message says.`,
  },
  "approval/no-key": {
    means: say`There is no SSH key to sign with.`,
    hint: say`Give one with --key, or set up git to sign with one.`,
  },
  "approval/no-ssh-keygen": {
    means: say`\`ssh-keygen\`, which signs and checks approvals, cannot be started.`,
    hint: say`Install OpenSSH.`,
  },
  "approval/not-signed": {
    means: say`\`ssh-keygen\` could not sign with the key.`,
    hint: say`The message holds its words.`,
  },
  "approval/note": {
    means: say`A note of an approval is not one line of at most 500 visible characters.`,
    hint: say`Shorten it.`,
  },
  "approval/purpose": {
    means: say`A signature was made for something else than an approval.`,
    hint: say`Sign with partnerctl approve.`,
  },
  "approval/signers-missing": {
    means: say`The file of signers that the settings name does not exist.`,
    hint: say`Write it, or correct approvals.signers.`,
  },
  "approval/signers-odd-space": {
    means: say`The file of signers holds a character that ssh-keygen takes for a name's.`,
    hint: say`Save it as UTF-8 with plain spaces.`,
  },
  "approval/stranger": {
    means: say`A key is not among those that may approve.`,
    hint: say`Add it to the file of signers, or sign with another one.`,
  },
  "approval/twice": {
    means: say`One person approved twice, and counts once.`,
    hint: say`Have somebody else approve it too.`,
  },
  "approval/unreadable": {
    means: say`A file beside the plan is not an approval.`,
    hint: say`Remove it, or approve with partnerctl approve.`,
  },
  "seal/damaged": {
    means: say`A sealed file is damaged and cannot be opened.`,
    hint: say`Get it again from where it came.`,
  },
  "seal/identity": {
    means: say`A file that should hold age identities holds something else.`,
    hint: say`An identity looks like AGE-SECRET-KEY-1….`,
  },
  "seal/not-for-you": {
    means: say`A sealed file is encrypted for somebody else.`,
    hint: say`Have it encrypted for your recipient too.`,
  },
});
