import type { Address } from "./address.ts";
import type { Diagnostic, Location } from "./diagnostic.ts";
import type { Digest } from "./values/digest.ts";
import type { Policy as PolicyDocument } from "./generated/policy.ts";
import type { Suppression as SuppressionDocument } from "./generated/suppression.ts";
import type { Pointer } from "./values/pointer.ts";

/** A stretch of an expression's text, in UTF-16 code units; the end is exclusive. */
export type Stretch = readonly [start: number, end: number];

/** A rule written by users, as its schema has it. */
export interface Policy {
  readonly name: string;
  readonly spec: PolicyDocument["spec"];
  /** Where a field of its document was written, or a stretch of the text that stands there. */
  locate(pointer: Pointer, stretch?: Stretch): Location;
}

/** An exception from a policy, as its schema has it. */
export interface Suppression {
  readonly spec: SuppressionDocument["spec"];
  locate(pointer: Pointer): Location;
}

/** A project's policies, each with a name of its own, and the exceptions from them. */
export interface Policies {
  readonly policies: readonly Policy[];
  readonly suppressions: readonly Suppression[];
  /** Of all that decides; tests do not. */
  readonly digest: Digest;
}

/** One of a policy's own tests. */
export type PolicyTest = NonNullable<Policy["spec"]["tests"]>[number];

/** What a test of a policy came to; `actual` is `error` where the expression could not be evaluated. */
export interface PolicyTestResult {
  readonly name: string;
  readonly expected: PolicyTest["expect"];
  readonly actual: PolicyTest["expect"] | "error";
  readonly passed: boolean;
  /** The message it gave, or why it could not be evaluated. */
  readonly message?: string;
  /** The message the test asks for, where it is another. */
  readonly expectedMessage?: string;
  readonly at: Location;
}

/** What the tests of policies came to; the diagnostics name policies without any. */
export interface PolicyTests {
  readonly policies: readonly { readonly name: string; readonly tests: readonly PolicyTestResult[] }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What policies may be asked about before there is a plan: manifests, on a day, in an environment. */
export interface PolicySubject {
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly environment: string;
  /** The addresses it is narrowed to; an address covers what lives in it. */
  readonly scope?: readonly Address[];
  /** Not all manifests were read, so nothing is said of what was not met. */
  readonly partial?: true;
}
