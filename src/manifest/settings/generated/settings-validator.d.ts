import type { Validate } from "../../../model/kind.ts";

/** Judges the settings file; made from schemas/ by schemas/generate.mjs. */
export declare const settings: Validate;
