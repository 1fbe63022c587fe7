/** The clocks of one machine. Times of two machines must not be compared. */
export interface Clock {
  /** The time of day. It may be wrong, and it may jump. */
  now(): Date;
  /**
   * Milliseconds that never decrease. All processes of one boot share the start if the system
   * provides one. They may stand still while the machine sleeps.
   */
  monotonic(): number;
  /**
   * Resolves after this many milliseconds of the monotonic clock. Rejects with the signal's reason
   * if it is aborted first.
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
