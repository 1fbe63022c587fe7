import type { Spec } from "../values/json.ts";
import type { Change } from "./plan.ts";
import { withValue } from "../values/pointer.ts";

/** Returns an object's fields before a change; undefined for a create. */
export function before(change: Change): Spec | undefined {
  return change.action === "create" ? undefined : change.observed.spec;
}

/**
 * Returns an object's fields after this change, including those it does not touch; undefined after
 * a removal.
 */
export function after(change: Change): Spec | undefined {
  switch (change.action) {
    case "create":
      return change.desired;
    case "update":
    case "upgrade":
      return change.fields.reduce(
        (spec: Spec, { pointer, after }) => withValue(spec, pointer, after),
        change.observed.spec,
      );
    case "forget":
    case "rename":
    case "protect":
    case "unprotect":
      return change.observed.spec;
    case "remove":
      return undefined;
  }
}
