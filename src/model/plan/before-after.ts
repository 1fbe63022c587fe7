import type { Spec } from "../values/json.ts";
import type { Change } from "./plan.ts";
import { withValue } from "../values/pointer.ts";

/** The fields an object has before a change; undefined where there is none yet. */
export function before(change: Change): Spec | undefined {
  return change.action === "create" ? undefined : change.observed.spec;
}

/** The fields an object has after this one change, those it does not touch included; undefined where it is removed. */
export function after(change: Change): Spec | undefined {
  switch (change.action) {
    case "create":
      return change.desired;
    case "update":
    case "upgrade":
      return change.fields.reduce((spec: Spec, { pointer, after }) => withValue(spec, pointer, after), change.observed.spec);
    case "forget":
    case "rename":
    case "protect":
    case "unprotect":
      return change.observed.spec;
    case "remove":
      return undefined;
  }
}
