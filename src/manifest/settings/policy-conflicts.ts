import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Policy, Suppression } from "../../model/policy.ts";
import { say } from "../../model/text/phrase.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { record } from "../../model/text/recorded.ts";

/** Names that the tool's own codes use under `policy/`; no policy may have one. */
const reservedNames = [
  "expression",
  "evaluation",
  "duplicate",
  "unknown",
  "untested",
  "suppressed",
  "suppression-address",
  "suppression-expired",
  "suppression-unused",
];

/** Errors about policies with a name that another policy or the tool itself uses. */
export function duplicateNames(policies: readonly Policy[]): readonly Diagnostic[] {
  const first = new Map<string, Policy>();
  return policies.flatMap((policy): readonly Diagnostic[] => {
    const { name } = policy;
    const other = first.get(name)?.locate("/metadata/name");
    if (!first.has(name)) first.set(name, policy);
    if (other === undefined && !reservedNames.includes(name)) return [];
    const message =
      other === undefined
        ? say`\`${name}\` is a name the tool itself uses.`
        : say`Two policies are called \`${name}\`; the other is at ${other.file}:${other.line}.`;
    const hint = say`Give this one another name: findings and suppressions go by it.`;
    return [
      record({
        severity: "error",
        code: "policy/duplicate",
        message,
        at: policy.locate("/metadata/name"),
        hint,
      }),
    ];
  });
}

/** Errors about suppressions that no policy fits. */
export function wrongSuppressions(
  suppressions: readonly Suppression[],
  policies: readonly Policy[],
): readonly Diagnostic[] {
  const byName = new Map(policies.map((one) => [one.name, one]));
  return suppressions.flatMap(({ spec, locate: place }): readonly Diagnostic[] => {
    const policy = byName.get(spec.policy);
    if (policy === undefined) {
      const message = say`There is no policy \`${spec.policy}\` to suppress.`;
      const hint = didYouMean(
        spec.policy,
        byName.keys(),
        say`Take the suppression out, or correct the name.`,
      );
      return [
        record({
          severity: "error",
          code: "policy/unknown",
          message,
          at: place("/spec/policy"),
          ...(hint !== undefined && { hint }),
        }),
      ];
    }
    if ((policy.spec.on === "plan") === (spec.address === undefined)) return [];
    const message =
      spec.address === undefined
        ? say`\`${spec.policy}\` is about objects, so its suppression needs an \`address\`.`
        : say`\`${spec.policy}\` is about a whole plan, so its suppression has no \`address\`.`;
    return [
      record({
        severity: "error",
        code: "policy/suppression-address",
        message,
        at: place(spec.address === undefined ? "/spec" : "/spec/address"),
      }),
    ];
  });
}
