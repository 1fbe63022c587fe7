import type { Validate } from "../../model/kind.ts";

/** Generated from schemas/ by `node schemas/generate.mjs`; what each judges is what its schema describes. */
export declare const partnerProfile: Validate;
export declare const user: Validate;
export declare const catalogCustomization: Validate;
export declare const customer: Validate;
export declare const subscription: Validate;
export declare const offer: Validate;
