/** The ages of a plan's readings. */
export interface Readings {
  /** The time of the oldest one: RFC 3339, UTC. */
  readonly oldest: string;
  /** Objects that were read before this plan. It says of them only that they need no change. */
  readonly remembered: number;
  /** Those of them whose reading is too old: whether they need a change is not known. */
  readonly unknown: number;
}
