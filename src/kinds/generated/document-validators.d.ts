import type { Validate } from "../../model/kind.ts";

/** Generated from schemas/ by `node schemas/generate.mjs`; what each judges is what its schema describes. */
export declare const diagnostics: Validate;
export declare const plan: Validate;
export declare const receipt: Validate;
