import { say } from "./phrase.ts";

/** What to do about each category of backend errors, if the error itself does not say. */
export const backendAdvice = {
  denied: say`Run partnerctl check.`,
  missing: say`Plan again.`,
  conflict: say`Plan again.`,
  throttled: say`Try again later, or lower parallelism in the settings.`,
  rejected: say`Correct what the message names.`,
  unavailable: say`Check the network, and run the command again.`,
  "unknown-outcome": say`Apply again, or run partnerctl ledger settle.`,
} as const;
