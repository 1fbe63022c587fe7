import type { Validate } from "../../model/kind.ts";

/** Judges the options of the adapter partner-center; made from schemas/ by schemas/generate.mjs. */
export declare const partnerCenter: Validate;
