import type { Validate } from "../../model/kind.ts";

/** Judges the options of the adapter local; made from schemas/ by schemas/generate.mjs. */
export declare const local: Validate;
