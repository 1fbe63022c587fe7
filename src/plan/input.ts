import type { Reader, Support } from "../model/adapter.ts";
import type { Address } from "../model/address.ts";
import type { Catalogue } from "../model/catalogue.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Settings } from "../model/generated/settings.ts";
import type { Kind, World } from "../model/kind.ts";
import type { Applied } from "../model/ledger/ledger.ts";
import type { Observed } from "../model/observed.ts";
import type { ChangeId, Plan } from "../model/plan/plan.ts";
import type { Desired } from "../model/resource.ts";
import type { ApprovalRules } from "./approval/approval-rules.ts";

/** Limits of the generic guards, from the settings. A limit that is omitted is not checked. */
export type GuardLimits = Settings["guards"];

/** The input for matching declared objects with live ones. */
export interface MatchInput {
  readonly kinds: readonly Kind[];
  readonly desired: Desired;
  /** Only objects of declared kinds, in any order. References in a spec are ids. */
  readonly observed: readonly Observed[];
  readonly applied: Applied;
  readonly supports: Readonly<Record<string, Support>>;
}

/** An earlier write whose outcome is unknown. */
export interface OpenWrite {
  readonly change: ChangeId;
  readonly address: Address;
}

/** Everything that a plan depends on. The same input yields the same bytes. */
export interface PlanInput extends MatchInput {
  readonly account: { readonly id: string; readonly adapter: string; readonly principal?: string };
  readonly catalogue?: Catalogue;
  readonly guards: GuardLimits;
  /**
   * When the ends of terms are to be decided and acted on. If omitted, decisions are compared as
   * they are written, whatever the date.
   */
  readonly renewals?: Settings["renewals"];
  /** The day of the month on which the account is billed. Not known if omitted. */
  readonly billingDay?: number;
  /** Returns the catalogue with the prices of another date. */
  pricedOn?(day: string): Catalogue | undefined;
  /** Which plans need how many approvals. None if omitted. */
  readonly approvals?: ApprovalRules["rules"];
  /** The plan is applied without its manifests: every approval rule applies. */
  readonly detached?: true;
  /** Additional diagnostics for a plan (without its digest) and the account before and after it. */
  judge?(plan: Omit<Plan, "digest">, world: World): readonly Diagnostic[];
  /** The requests that a step costs. One request per step if omitted. */
  readonly cost?: NonNullable<Reader["cost"]>;
  /** Kinds whose unmanaged objects are removed. */
  readonly exclusive: readonly string[];
  /** The date to plan for, YYYY-MM-DD. */
  readonly asOf: string;
  /** The date was chosen by the user: such a plan is only for viewing. */
  readonly hypothetical?: true;
  readonly basis: Plan["basis"];
  /** By kind: the least number of objects, for kinds of which only some were read. */
  readonly known?: Readonly<Record<string, number>>;
  /** By kind: the number of objects that a guard may count on, for kinds not all read anew. */
  readonly most?: Readonly<Record<string, number>>;
  /**
   * Not all manifests are known: nothing is removed for being undeclared, and unmanaged objects are
   * not reported.
   */
  readonly partial?: true;
  /** Earlier writes whose outcome is unknown. */
  readonly open?: readonly OpenWrite[];
  /** Plans only these addresses, without their children. */
  readonly scope?: readonly Address[];
}
