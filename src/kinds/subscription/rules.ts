import { record } from "../../model/text/recorded.ts";
import type { Code } from "../../model/codes.ts";
import { type Address, address, nameOf } from "../../model/address.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Resource } from "../../model/resource.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import type { SubscriptionSpec } from "../generated/subscription.ts";

type Find = (address: Address) => Resource | undefined;
type Own = Resource<SubscriptionSpec>;

/**
 * Errors about add-ons that the manifests alone reveal: an add-on of itself or of another add-on,
 * and one whose base is absent or suspended.
 */
export function judgeAddOns(own: readonly Own[], find: Find): readonly Diagnostic[] {
  return own.flatMap((one) =>
    one.spec.addOnOf === undefined || one.state === "absent"
      ? []
      : judge(one, one.spec.addOnOf, find),
  );
}

function judge(one: Own, name: string, find: Find): readonly Diagnostic[] {
  const base = find(
    address(
      "Subscription",
      name,
      one.parent === undefined ? one.spec.customer : nameOf(one.parent),
    ),
  );
  if (base === undefined) return [];
  const spec: Partial<SubscriptionSpec> = base.spec;
  if (spec.addOnOf !== undefined) {
    const message =
      base.address === one.address
        ? say`A subscription cannot be an add-on of itself.`
        : say`${name} is an add-on itself; only a base subscription can have add-ons.`;
    return [problem(one, "addOnOf", { code: "subscription/add-on-nested", message })];
  }
  if (one.spec.status === "suspended") return [];
  if (base.state === "absent")
    return [left(one, say`${name} is to be absent, and its add-on would be left without it.`)];
  return spec.status === "suspended" && one.spec.status === "active"
    ? [left(one, say`${name} is to be suspended, and its add-on cannot stay active.`)]
    : [];
}

function left(one: Own, message: Wording): Diagnostic {
  return problem(one, "addOnOf", {
    code: "subscription/add-on-left",
    message,
    hint: say`Suspend the add-on too (status: suspended), or give it state: absent.`,
  });
}

function problem(
  { address, locate }: Own,
  field: string,
  what: { readonly code: Code; readonly message: Wording; readonly hint?: Wording },
): Diagnostic {
  return record({ severity: "error", ...what, at: locate(`/spec/${field}`), address });
}
