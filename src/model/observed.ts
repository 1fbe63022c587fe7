import type { Spec } from "./values/json.ts";

/** What the backend holds, in the manifest's vocabulary but for references, which are ids. Nothing server-owned is in `spec`. */
export interface Observed<S extends Spec = Spec> {
  readonly kind: string;
  readonly id: string;
  /** The natural key within the parent, as the kind's `key` spells it. */
  readonly key: string;
  readonly spec: S;
  readonly parentId?: string;
  readonly etag?: string;
  /** What the adapter itself needs to write it (an order id, the whole body). Never compared, never kept. */
  readonly handle?: Readonly<Record<string, string>>;
  /** Left alone even where the kind is declared exclusive. */
  readonly exempt?: "guest" | "synced";
}
