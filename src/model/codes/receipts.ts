import { say } from "../text/phrase.ts";
import { describeCodes } from "./code-text.ts";

/** Codes of what became of changes, and of outcomes that are not known. */
export const receiptCodes = describeCodes({
  "attest/no-step": {
    means: say`The plan has no manual step for this object.`,
    hint: say`\`partnerctl show PLAN\` lists the manual steps.`,
  },
  "credential/lost": {
    means: say`A credential was handed out once and did not reach the place it is kept in.`,
    hint: say`Reset it at the sign-in page, or as the customer's administrator.`,
  },
  "credential/no-sink": {
    means: say`A change creates a credential, and there is no place to keep it.`,
    hint: say`Set credentials in the settings.`,
  },
  "credentials/forgotten": {
    means: say`A pipeline's runner would lose the credentials that it keeps in a folder.`,
    hint: say`Keep them on a git branch (credentials: type: git).`,
  },
  "credentials/no-address": {
    means: say`--handed-over does not say which credential it means.`,
    hint: say`Name its object.`,
  },
  "credentials/none": {
    means: say`No credential of this object waits to be handed over.`,
    hint: say`\`partnerctl credentials\` lists those that wait.`,
  },
  "credentials/unavailable": {
    means: say`The place that credentials are kept in cannot be reached.`,
    hint: say`Correct credentials in the settings, or try again.`,
  },
  "order/not-provisioned": {
    means: say`The service accepted the order, and had not provisioned it when the time to wait was up.`,
    hint: say`Look at it in the account later. An add-on of it may have to wait.`,
  },
  "price/not-compared": {
    means: say`The plan knows no price to compare the cart's with.`,
    hint: say`Put the price list in force into the settings.`,
  },
  "price/not-quoted": {
    means: say`The cart says no price.`,
    hint: say`\`orders.quote\` in the settings says whether that stops an order.`,
  },
  "receipt/done-earlier": {
    means: say`The change was made by an earlier run.`,
  },
  "receipt/failed": {
    means: say`The change failed.`,
    hint: say`Plan again.`,
  },
  "receipt/manual": {
    means: say`The change is a manual step.`,
    hint: say`Do it, then record it with partnerctl ledger attest.`,
  },
  "receipt/skipped": {
    means: say`The change was not begun.`,
    hint: say`Plan again.`,
  },
  "receipt/stale": {
    means: say`The account moved since the plan was made, so the change was not made.`,
    hint: say`Plan again.`,
  },
  "receipt/unknown": {
    means: say`Whether the change was made is not known.`,
    hint: say`Run partnerctl ledger settle.`,
  },
  "settle/no-such-id": {
    means: say`The account has no object with the id that --id names.`,
    hint: say`Look the id up in the account.`,
  },
  "settle/not-open": {
    means: say`No outcome of this change is open.`,
    hint: say`\`partnerctl ledger settle\` lists the open ones.`,
  },
  "settle/other-object": {
    means: say`The id that --id names is another object's.`,
    hint: say`Look up the id of what the change made.`,
  },
  "settled/did-not-happen": {
    means: say`A later reading, or a person, says that the change was not made.`,
    hint: say`Plan again.`,
  },
  "skipped/interrupted": {
    means: say`The run was stopped before the change began.`,
    hint: say`Plan again.`,
  },
  "skipped/requires": {
    means: say`A change that this one needs was not made.`,
    hint: say`Correct that one, then plan again.`,
  },
  "skipped/unproven": {
    means: say`Another purchase was answered by something that may not be the service.`,
    hint: say`Check the connection, then run partnerctl ledger settle.`,
  },
  "skipped/unsettled": {
    means: say`An earlier write's outcome is not known, so the change was not begun.`,
    hint: say`Run apply again later, or partnerctl ledger settle.`,
  },
  "stale/attempt": {
    means: say`A write was sent with other values, and only a reading says it was not done.`,
    hint: say`Look in the account, and settle it with --did-not-happen.`,
  },
  "stale/changed": {
    means: say`The change would be another one by now.`,
    hint: say`Plan again.`,
  },
  "stale/exists": {
    means: say`The object appeared in the account since the plan was made.`,
    hint: say`Plan again.`,
  },
  "stale/field": {
    means: say`A field changed in the account since the plan was made.`,
    hint: say`Plan again.`,
  },
  "stale/gone": {
    means: say`The object is not in the account any more.`,
    hint: say`Plan again.`,
  },
  "stale/graver": {
    means: say`The change would do more harm by now than the reviewed plan says.`,
    hint: say`Plan again, and have the new plan reviewed.`,
  },
  "stale/ledger": {
    means: say`Another run changed the object since the plan was made.`,
    hint: say`Plan again.`,
  },
  "stale/possible-duplicate": {
    means: say`An object that could be the same appeared since the plan was made.`,
    hint: say`Plan again.`,
  },
  "stale/price": {
    means: say`The service asks more than the plan says, so nothing was bought.`,
    hint: say`Put the price list in force into the settings, and plan again.`,
  },
  "stale/problem": {
    means: say`Planned anew, the change has a problem.`,
    hint: say`Correct it, then plan again.`,
  },
});
