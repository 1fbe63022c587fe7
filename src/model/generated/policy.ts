/* Generated from schemas/policy.schema.json by `node schemas/generate.mjs`. */

/**
 * A rule of your own over manifests, changes or whole plans, written in CEL (the Common Expression Language).
 */
export interface Policy {
  /**
   * The version of this format.
   */
  apiVersion: "partnercenter/v1";
  /**
   * Always Policy.
   */
  kind: "Policy";
  /**
   * Who the policy is.
   */
  metadata: {
    /**
     * Its name: what it finds has the code policy/<name>, and suppressions name it.
     */
    name: string;
    /**
     * Why it is there, for those who read it.
     */
    description?: string;
  };
  /**
   * The rule. Expressions may use: resource (on: resource); change (on: change); plan, account and after (on: change and on: plan); resources, today and environment everywhere; and the functions money(change), money(plan) and date(text) beside CEL's own.
   */
  spec: {
    /**
     * What it is asked about. resource: each manifest, in validate too. change: each change of a plan. plan: each plan, once.
     */
    on: "resource" | "change" | "plan";
    /**
     * Only resources or changes of these kinds; of every kind unless given.
     *
     * @minItems 1
     *
     * Items: A kind's name.
     */
    kinds?: ("PartnerProfile" | "User" | "CatalogCustomization" | "Customer" | "Subscription")[];
    /**
     * Only where this CEL expression is true; everywhere unless given.
     */
    when?: string;
    /**
     * A CEL expression that is true where all is well. One that cannot be evaluated (a field that is not there; test for it with has(…), or write spec.?field.orValue(…)) is an error, whatever the severity.
     */
    expression: string;
    /**
     * What is said where it is false. ${…} holds a CEL expression. It is shown wherever findings are: leave personal fields out of it.
     */
    message: string;
    /**
     * What to do about it.
     */
    hint?: string;
    /**
     * error stops an apply; warning and note are shown.
     */
    severity?: "error" | "warning" | "note";
    /**
     * The field of the manifest that findings point at, as a JSON Pointer; the manifest's name unless given.
     */
    at?: string;
    /**
     * What it has to say of made-up input: partnerctl policy test runs them.
     *
     * Items: One test. What an expression uses and the test does not give is empty.
     */
    tests?: {
      /**
       * What is shown.
       */
      name: string;
      /**
       * The manifest it is asked about, as far as it matters: address, kind, name, parent, state, reason, protect, files, spec.
       */
      resource?: {};
      /**
       * The change it is asked about, as far as it matters, as in a plan's JSON; before is the spec it starts from.
       */
      change?: {};
      /**
       * The plan, as far as it matters, as in its JSON.
       */
      plan?: {};
      /**
       * All manifests.
       *
       * Items: One of them.
       */
      resources?: {}[];
      /**
       * The account as it is.
       *
       * Items: One object of it.
       */
      account?: {}[];
      /**
       * The account as the plan would leave it.
       *
       * Items: One object of it.
       */
      after?: {}[];
      /**
       * The plan's date; 2026-01-01 unless given.
       */
      today?: string;
      /**
       * The environment; none unless given.
       */
      environment?: string;
      /**
       * pass: the expression is true. fail: it is false. skip: kinds or when leave it out.
       */
      expect: "pass" | "fail" | "skip";
      /**
       * With fail: the whole message.
       */
      message?: string;
    }[];
  };
}
