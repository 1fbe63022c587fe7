import type { Validate } from "../../model/kind.ts";

/** Judge policies and suppressions, made from schemas/ by schemas/generate.mjs. */
export declare const policy: Validate;
export declare const suppression: Validate;
