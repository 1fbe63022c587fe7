import type { Validate } from "../../model/kind.ts";

/** Judge the documents the tool itself writes, made from schemas/ by schemas/generate.mjs. */
export declare const plan: Validate;
export declare const receipt: Validate;
