import type { Validate } from "../../model/kind.ts";

/** Generated from schemas/ by `node schemas/generate.mjs`; what each judges is what its schema describes. */
export declare const invoice: Validate;
