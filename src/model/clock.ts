/** Time as one machine has it. Times of two machines are never compared. */
export interface Clock {
  /** The time of day; it may be wrong, and it may jump. */
  now(): Date;
  /** Milliseconds that only ever go forward, from a start that all processes of one boot share where the system tells one. They may stand still while the machine sleeps. */
  monotonic(): number;
  /** Resolves after so many milliseconds of the monotonic clock. Rejects with the signal's reason where it is aborted before. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
