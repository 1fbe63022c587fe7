import type { Address } from "../address.ts";
import type { Code } from "../codes.ts";
import type { Credential } from "../credential.ts";
import type { Observed } from "../observed.ts";
import type { OrderProposal } from "./order-proposal.ts";
import type { Pointer } from "../values/pointer.ts";
import type { Wording } from "../text/phrase.ts";

/**
 * The categories of backend errors. `unknown-outcome`: the write may have happened. It is sent
 * again only if its verb is listed in `repeatable`.
 */
export type Problem =
  | "denied"
  | "missing"
  | "conflict"
  | "throttled"
  | "rejected"
  | "unavailable"
  | "unknown-outcome";

/** The context of a write. */
export interface WriteContext {
  /** Idempotency key: the same for each try of one attempt to write an object, on any machine. */
  readonly requestId: string;
  /**
   * The request was sent before under this id and its outcome is unknown, so an error now does not
   * mean that it was not done.
   */
  readonly repeated?: true;
  /**
   * The object as just read by its id, with at least the fields that the change is based on. Throw
   * `conflict` if it has changed since.
   */
  readonly current?: Observed;
  /** The temporary password, if the kind has one; already stored in the credential sink. */
  readonly credential?: Credential;
  /**
   * Returns the live object at an address; for the parent, only its id. Throws if none is bound.
   */
  bound(address: Address): Observed;
  /**
   * Passes on a credential that the backend returns only once. When it resolves, the credential is
   * stored or recorded as lost. Call it before processing the rest of the response.
   */
  deliver(credential: Credential): Promise<void>;
  /** The recorded proposal of this attempt: order it, and make no other one. */
  readonly proposal?: string;
  /**
   * Records a proposal and judges its price. Call it with each proposal, immediately before it is
   * ordered. Throws if it must not be ordered; let that error pass unchanged.
   */
  propose(proposal: OrderProposal): Promise<void>;
  /** Reports what is to be known of a change that is done. */
  remark?(remark: { readonly code: Code; readonly message: Wording }): void;
  /** Reports fields that could not be set although the object was created. */
  lacks?(fields: readonly Pointer[], error: Error & { readonly problem: Problem }): void;
  /**
   * Call it immediately before sending a request of the write, after all waiting. Resolves with the
   * milliseconds that the request may take in total. Throws if this run may no longer write; let
   * that error pass unchanged.
   */
  permit(): Promise<number>;
  readonly signal: AbortSignal;
  /** Aborts if the user interrupts the run: then do not wait for what is accepted already. */
  readonly interrupted?: AbortSignal;
}
