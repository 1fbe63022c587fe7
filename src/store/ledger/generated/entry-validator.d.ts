import type { Validate } from "../../../model/kind.ts";

/** Judges an entry of a ledger; made from schemas/ by schemas/generate.mjs. */
export declare const ledgerEntry: Validate;
