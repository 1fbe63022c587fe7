import type { Address } from "./address.ts";
import type { Location } from "./diagnostic.ts";
import type { Digest } from "./values/digest.ts";
import type { Policy as PolicyDocument } from "./generated/policy.ts";
import type { Suppression as SuppressionDocument } from "./generated/suppression.ts";
import type { Pointer } from "./values/pointer.ts";

/** A range of an expression's text, in UTF-16 code units; the end is exclusive. */
export type Stretch = readonly [start: number, end: number];

/** A policy: a rule that users write. Its `spec` follows the policy schema. */
export interface Policy {
  readonly name: string;
  readonly spec: PolicyDocument["spec"];
  /** Returns the location of a field of its document, or of a range of the text in that field. */
  locate(pointer: Pointer, stretch?: Stretch): Location;
}

/** An exception from a policy. Its `spec` follows the suppression schema. */
export interface Suppression {
  readonly spec: SuppressionDocument["spec"];
  locate(pointer: Pointer): Location;
}

/** A project's policies, whose names are unique, and the exceptions from them. */
export interface Policies {
  readonly policies: readonly Policy[];
  readonly suppressions: readonly Suppression[];
  /** Digest of everything that affects a decision; tests of policies do not. */
  readonly digest: Digest;
}

/** One of a policy's own tests. */
export type PolicyTest = NonNullable<Policy["spec"]["tests"]>[number];

export type { PolicyTestResult, PolicyTests } from "./generated/documents.ts";

/** The context in which policies are evaluated: date, environment and the part of the project. */
export interface PolicySubject {
  readonly today: string;
  readonly environment: string;
  /** The addresses the evaluation is narrowed to. An address includes the objects within it. */
  readonly scope?: readonly Address[];
  /** Not all manifests were read, so unused exceptions are not reported. */
  readonly partial?: true;
}
