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

/** Limits of the generic guards, as the settings have them; a limit that is left out is not judged. */
export type GuardLimits = Settings["guards"];

/** What is needed to tell which live object is which declared one. */
export interface MatchInput {
  readonly kinds: readonly Kind[];
  readonly desired: Desired;
  /** Of declared kinds only, in any order; references in a spec are ids. */
  readonly observed: readonly Observed[];
  readonly applied: Applied;
  readonly supports: Readonly<Record<string, Support>>;
}

/** An earlier write whose outcome is not known. */
export interface OpenWrite {
  readonly change: ChangeId;
  readonly address: Address;
}

/** Everything a plan rests on: the same input gives the same bytes. */
export interface PlanInput extends MatchInput {
  readonly account: { readonly id: string; readonly adapter: string; readonly principal?: string };
  readonly catalogue?: Catalogue;
  readonly guards: GuardLimits;
  /** Which plans need how many approvals; none where this is missing. */
  readonly approvals?: ApprovalRules["rules"];
  /** It is applied without the manifests it was made from: every rule holds. */
  readonly detached?: true;
  /** What else there is to be said of the plan, all but its digest, and of the account around it. */
  judge?(plan: Omit<Plan, "digest">, world: World): readonly Diagnostic[];
  /** What steps take of the backend; one request each where this is missing. */
  readonly cost?: NonNullable<Reader["cost"]>;
  /** Kinds whose unmanaged objects are to be removed. */
  readonly exclusive: readonly string[];
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** That day was given, to look at. */
  readonly hypothetical?: true;
  readonly basis: Plan["basis"];
  /** How many objects there are at least of kinds of which only some were read. */
  readonly known?: Readonly<Record<string, number>>;
  /** More may be declared than is known here: nothing is removed for not being declared, and nothing said of what is. */
  readonly partial?: true;
  /** Earlier writes whose outcome is not known. */
  readonly open?: readonly OpenWrite[];
  /** Narrows the plan to these addresses and nothing below them. */
  readonly scope?: readonly Address[];
}
