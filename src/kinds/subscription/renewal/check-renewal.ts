import type { Objection } from "../../../model/kind.ts";
import { say } from "../../../model/text/phrase.ts";
import { record } from "../../../model/text/recorded.ts";
import type { Renewal } from "../../generated/subscription.ts";

/** Finds what legacy commerce cannot do at the end of a term. */
export function checkRenewal(renewal: Renewal): readonly Objection[] {
  const fields = (["term", "product", "promotion"] as const).filter(
    (field) => renewal[field] !== undefined,
  );
  const mode = renewal.mode === "extend" ? (["mode"] as const) : [];
  return [...mode, ...fields].map((field) =>
    record({
      severity: "error",
      code: "renewal/not-offered",
      message:
        field === "mode"
          ? say`A subscription of legacy commerce cannot be extended beyond its term.`
          : say`The ${field} of a subscription of legacy commerce cannot change with a new term.`,
      hint:
        field === "mode"
          ? say`Write renew or cancel.`
          : say`Leave spec.renewal.${field} out. For another product, order a new subscription and let this one end (mode: cancel).`,
      field: `/renewal/${field}`,
    }),
  );
}
