import type { Spec } from "./values/json.ts";

/**
 * A live object of the backend, in the manifest's field names; references are ids. `spec` contains
 * no server-owned fields.
 */
export interface Observed<S extends Spec = Spec> {
  readonly kind: string;
  readonly id: string;
  /** The natural key within the parent, as the kind's `key` returns it. */
  readonly key: string;
  readonly spec: S;
  readonly parentId?: string;
  readonly etag?: string;
  /**
   * What the backend tells about the object beside its spec (the end of a term). Nothing declares
   * it, and it is never compared.
   */
  readonly facts?: Spec;
  /**
   * Data that the adapter needs to write the object (an order id, the whole body). Never compared
   * and never stored.
   */
  readonly handle?: Readonly<Record<string, string>>;
  /** The object is not removed even if the kind is declared exclusive. */
  readonly exempt?: "guest" | "synced";
}
