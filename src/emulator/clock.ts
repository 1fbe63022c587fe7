import type { EmulatedAccount } from "./account/state.ts";

interface Clock {
  now(): number;
  offset(): number;
  move(milliseconds: number): void;
  set(time: string): void;
}

/**
 * The machine's clock plus an offset: to `startsAt` if given, otherwise the offset saved in the
 * account.
 */
export function clockOf(account: EmulatedAccount, startsAt: string | undefined): Clock {
  let offset =
    startsAt === undefined
      ? (account.counters.get("clock")?.value ?? 0)
      : Date.parse(startsAt) - Date.now();
  return {
    now: () => Date.now() + offset,
    offset: () => offset,
    move: (milliseconds) => {
      offset += milliseconds;
    },
    set: (time) => {
      offset = Date.parse(time) - Date.now();
    },
  };
}
