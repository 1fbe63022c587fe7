/* Generated from schemas/suppression.schema.json by `node schemas/generate.mjs`. */

/**
 * An exception from a policy: what it finds at these addresses is left out until a day. It stands in the folder of the policies.
 */
export interface Suppression {
  /**
   * The version of this format.
   */
  apiVersion: "partnercenter/v1";
  /**
   * Always Suppression.
   */
  kind: "Suppression";
  /**
   * The exception.
   */
  spec: {
    /**
     * The policy's name.
     */
    policy: string;
    /**
     * An address; * stands for any part of a name, ** for any number of parts too. Needed unless the policy is on: plan.
     */
    address?: string;
    /**
     * Why, for those who find it later.
     */
    reason: string;
    /**
     * The last day it counts, YYYY-MM-DD. After it the finding is back, and the suppression is a finding of its own.
     */
    until: string;
  };
}
