import { say } from "../text/phrase.ts";
import { describeCodes } from "./code-text.ts";

/** Codes of plans, and of what stops them. */
export const planCodes = describeCodes({
  "allow/needs-reason": {
    means: say`Lifting this guard needs a reason, which is recorded.`,
    hint: say`Add --reason TEXT.`,
  },
  "allow/not-an-amount": {
    means: say`--allow GUARD=UP-TO has an amount that is not a number.`,
    hint: say`Write a number in the unit of the guard's message.`,
  },
  "allow/unknown-guard": {
    means: say`--allow names a guard that does not exist.`,
    hint: say`Use one of the names that are listed.`,
  },
  "guard/committed": {
    means: say`A plan commits more money than the settings allow.`,
    hint: say`Split the change, or lift the guard: --allow committed=AMOUNT.`,
  },
  "guard/count": {
    means: say`A plan changes or removes more objects of a kind than the settings allow.`,
    hint: say`Split the change, or lift the guard: --allow count=NUMBER.`,
  },
  "guard/creates": {
    means: say`A plan creates more objects of a kind than the settings allow.`,
    hint: say`Split the change, or lift the guard: --allow creates=NUMBER.`,
  },
  "guard/irreversible": {
    means: say`A plan holds changes that cannot be undone.`,
    hint: say`Review them, then lift the guard: --allow irreversible=NUMBER.`,
  },
  "guard/last-agent-admin": {
    means: say`Nobody would be left as an enabled admin agent.`,
    hint: say`Give the role to another user first.`,
  },
  "guard/last-global-admin": {
    means: say`Nobody would be left as an enabled global admin.`,
    hint: say`Give the role to another user first.`,
  },
  "guard/money": {
    means: say`A plan adds more money a month than the settings allow.`,
    hint: say`Split the change, or lift the guard: --allow money=AMOUNT.`,
  },
  "guard/money-taken": {
    means: say`A plan takes away more of the monthly money than the settings allow.`,
    hint: say`Review it, then lift the guard: --allow money-taken=AMOUNT.`,
  },
  "guard/price-unknown": {
    means: say`A plan orders at a price that nobody knows, while money is limited.`,
    hint: say`Add a price list, or lift the guard: --allow price-unknown=NUMBER.`,
  },
  "guard/primary-contact": {
    means: say`The legal profile's primary contact would no longer be a global admin.`,
    hint: say`Name another primary contact first.`,
  },
  "guard/principal": {
    means: say`The user this tool runs as would be removed, disabled or lose rights.`,
    hint: say`Let another user apply it.`,
  },
  "guard/protected": {
    means: say`A plan changes a protected object for good, or ends its protection.`,
    hint: say`Review it, then lift the guard: --allow protected.`,
  },
  "guard/removals": {
    means: say`A plan removes a larger part of a kind than the settings allow.`,
    hint: say`Review it, then lift the guard: --allow removals=NUMBER.`,
  },
  "guard/rights": {
    means: say`A plan takes rights away from more users than the settings allow.`,
    hint: say`Review it, then lift the guard: --allow rights=NUMBER.`,
  },
  "guard/seats": {
    means: say`A plan adds more seats than the settings allow.`,
    hint: say`Split the change, or lift the guard: --allow seats=NUMBER.`,
  },
  "guard/seats-taken": {
    means: say`A plan takes away a larger part of the seats than the settings allow.`,
    hint: say`Review it, then lift the guard: --allow seats-taken=NUMBER.`,
  },
  "guard/service": {
    means: say`A plan ends the service of more objects than the settings allow.`,
    hint: say`Review it, then lift the guard: --allow service=NUMBER.`,
  },
  "plan/altered": {
    means: say`A plan's file was altered after it was made.`,
    hint: say`Plan again.`,
  },
  "plan/audit-unread": {
    means: say`The account drifted, and the backend's records of who changed it could not be read.`,
    hint: say`Run partnerctl check, or switch the records off with the adapter's option audit.`,
  },
  "plan/blocked": {
    means: say`A change waits for an object that has a problem itself.`,
    hint: say`Correct that problem first.`,
  },
  "plan/dependency-cycle": {
    means: say`Changes wait for each other in a cycle.`,
    hint: say`Make one of them in an apply of its own.`,
  },
  "plan/fixed-field": {
    means: say`A field cannot change once the object exists.`,
    hint: say`Write what the account has, or declare a new object.`,
  },
  "plan/hypothetical": {
    means: say`A plan made with --at is for looking only.`,
    hint: say`Plan again without --at.`,
  },
  "plan/impossible": {
    means: say`The service has no way to make a change.`,
    hint: say`Write what the account has.`,
  },
  "plan/missing": {
    means: say`A plan's file does not exist.`,
    hint: say`Make one with partnerctl plan --out FILE.`,
  },
  "plan/no-remote": {
    means: say`Plans are published beside a git ledger, and this ledger is a file.`,
    hint: say`Use a ledger on a git branch.`,
  },
  "plan/none-published": {
    means: say`No plan was published for these manifests, settings and policies.`,
    hint: say`Make one, and run partnerctl ci publish.`,
  },
  "plan/not-a-plan": {
    means: say`A file is not a plan.`,
    hint: say`Make one with partnerctl plan --out FILE.`,
  },
  "plan/not-exclusive": {
    means: say`The settings declare a kind exclusive whose objects cannot be removed.`,
    hint: say`Remove the kind from exclusive.`,
  },
  "plan/not-json": {
    means: say`A plan's file is not JSON.`,
    hint: say`Make one with partnerctl plan --out FILE.`,
  },
  "plan/other-account": {
    means: say`A plan is for another account or environment.`,
    hint: say`Plan again for this one.`,
  },
  "plan/other-ledger": {
    means: say`A plan was made from another ledger.`,
    hint: say`Plan again with this one.`,
  },
  "plan/outdated": {
    means: say`The manifests, settings or policies changed since a plan was made.`,
    hint: say`Plan again, and have the new plan reviewed.`,
  },
  "plan/protected": {
    means: say`A protected object's manifest asks for what cannot be undone.`,
    hint: say`Apply the change that ends the protection, then plan again.`,
  },
  "plan/remote": {
    means: say`The branch of published plans cannot be reached.`,
    hint: say`Check the remote, and run the command again.`,
  },
  "plan/seal-recipient": {
    means: say`A plan cannot be encrypted for this recipient.`,
    hint: say`Give an age recipient, which looks like age1….`,
  },
  "plan/sealed": {
    means: say`A plan is sealed, and there is no identity to open it with.`,
    hint: say`Set PARTNERCTL_PLAN_IDENTITY to the file of one.`,
  },
  "plan/spent": {
    means: say`A plan was applied before; it can be applied once.`,
    hint: say`Plan again.`,
  },
  "plan/unmarked": {
    means: say`A plan has no valid mark of this ledger's key.`,
    hint: say`Plan again where the key is set.`,
  },
});
