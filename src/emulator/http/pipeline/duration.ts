import { refuse } from "../../account/refusal.ts";

const units = { D: 24 * 60 * 60, H: 60 * 60, M: 60, S: 1 } as const;

/**
 * Returns seconds from a number or an ISO 8601 duration in days or less (P61D, PT15M). Refuses
 * (400) anything else.
 */
export function seconds(duration: string | number): number {
  if (typeof duration === "number") return duration;
  const [whole, days = 0, hours = 0, minutes = 0, rest = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration) ?? [];
  if (whole === undefined || whole === "P")
    return refuse(
      400,
      "duration",
      `${duration} is not a duration; expected seconds, or one such as PT15M or P61D`,
    );
  return (
    Number(days) * units.D +
    Number(hours) * units.H +
    Number(minutes) * units.M +
    Number(rest) * units.S
  );
}
