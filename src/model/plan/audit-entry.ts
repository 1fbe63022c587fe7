/** A change of an object that the backend recorded. */
export interface AuditEntry {
  readonly kind: string;
  readonly id: string;
  /** RFC 3339, by the backend's clock. */
  readonly at: string;
  /** The user, or the application if no user was involved. */
  readonly by?: string;
  /** What was done, in the backend's words. */
  readonly operation: string;
  /** The id of the session that sent the request, as in `Reader.correlation`. */
  readonly correlation?: string;
}

/** Who last changed an object elsewhere, as the backend recorded it. */
export type ChangedElsewhere = Pick<AuditEntry, "at" | "by" | "operation">;
