import type { Validate } from "../../model/kind.ts";

/** Judges of whole manifest documents, and for `offer` of an observed spec, made from schemas/ by schemas/generate.mjs. */
export declare const partnerProfile: Validate;
export declare const user: Validate;
export declare const catalogCustomization: Validate;
export declare const customer: Validate;
export declare const subscription: Validate;
export declare const offer: Validate;
