import { type Diagnostic, diagnostic } from "../model/diagnostic.ts";
import type { Suppression } from "../model/policy.ts";
import { say } from "../model/text/phrase.ts";

/** The suppressions of a project on one day, and how often each was used. */
export interface Exceptions {
  /**
   * Whether a finding of this policy at this address is suppressed. Counts the matching
   * suppressions as used.
   */
  covers(policy: string, address: string | undefined): boolean;
  /**
   * Diagnostics about the suppressions of policies for which `asked` is true: expired, used and, if
   * `whole`, unused ones.
   */
  remarks(asked: (policy: string) => boolean, whole: boolean): readonly Diagnostic[];
}

interface Exception {
  readonly suppression: Suppression;
  readonly expired: boolean;
  matches(address: string | undefined): boolean;
  used: number;
}

/** The suppressions on a day (YYYY-MM-DD). `until` is inclusive. */
export function exceptions(suppressions: readonly Suppression[], today: string): Exceptions {
  const all = suppressions.map((suppression): Exception => {
    const { address, until } = suppression.spec;
    const pattern = address === undefined ? undefined : glob(address);
    return {
      suppression,
      expired: until < today,
      matches: (one) => pattern === undefined || (one !== undefined && pattern.test(one)),
      used: 0,
    };
  });
  const byPolicy = grouped(all);
  return {
    covers: (policy, address) => {
      const own = (byPolicy.get(policy) ?? []).filter(
        (one) => !one.expired && one.matches(address),
      );
      for (const one of own) one.used += 1;
      return own.length > 0;
    },
    remarks: (asked, whole) =>
      all.flatMap((one) => (asked(one.suppression.spec.policy) ? remark(one, whole) : [])),
  };
}

function grouped(all: readonly Exception[]): ReadonlyMap<string, readonly Exception[]> {
  const found = new Map<string, Exception[]>();
  for (const one of all) {
    const own = found.get(one.suppression.spec.policy);
    if (own) own.push(one);
    else found.set(one.suppression.spec.policy, [one]);
  }
  return found;
}

/** `*` matches any characters except a slash; two or more match any characters. */
function glob(address: string): RegExp {
  const pattern = address
    .split(/(\*+)/)
    .map((part) =>
      part === "*"
        ? "[^/]*"
        : /^\*+$/.test(part)
          ? ".*"
          : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
    )
    .join("");
  return new RegExp(`^${pattern}$`);
}

function remark(
  { suppression: { spec, locate }, expired, used }: Exception,
  whole: boolean,
): readonly Diagnostic[] {
  const { policy, reason, until } = spec;
  const about = spec.address ?? say`the plan`;
  if (expired) {
    const message = say`The suppression of \`${policy}\` for ${about} ended on ${until}; what it finds is shown again.`;
    const hint = say`Mend what it finds, or agree on a new day. The reason was: ${reason}.`;
    return [
      diagnostic({
        severity: "warning",
        code: "policy/suppression-expired",
        message,
        at: locate("/spec/until"),
        hint,
      }),
    ];
  }
  if (used > 0) {
    const message = say`\`${policy}\` is suppressed for ${about} until ${until} (findings left out: ${used}): ${reason}.`;
    return [
      diagnostic({
        severity: "note",
        code: "policy/suppressed",
        message,
        at: locate("/spec/policy"),
      }),
    ];
  }
  if (!whole) return [];
  const message = say`\`${policy}\` finds nothing for ${about}, so its suppression is not needed.`;
  const hint = say`Take it out.`;
  return [
    diagnostic({
      severity: "warning",
      code: "policy/suppression-unused",
      message,
      at: locate("/spec/policy"),
      hint,
    }),
  ];
}
