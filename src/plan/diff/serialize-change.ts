import { isSpec, type Json, type Spec } from "../../model/values/json.ts";
import type { Before, Change, FieldChange } from "../../model/plan/plan.ts";
import { covers, valueAt, withValue } from "../../model/values/pointer.ts";
import type { Draft } from "./draft.ts";
import { cutToMention } from "../match/names.ts";

/**
 * The change as the plan stores it, in a fixed key order. The observed spec is reduced to what the
 * manifest mentions and what the change is based on.
 */
export function finish({ change, mention, kind: { personal } }: Draft): Change {
  const {
    id,
    address,
    kind,
    parent,
    by,
    reason,
    cause,
    basedOn,
    fields,
    impact,
    requires,
    protect,
    takes,
    note,
    steps,
  } = change;
  const base = {
    id,
    address,
    kind,
    ...(parent !== undefined && { parent }),
    by,
    reason,
    cause,
    basedOn,
    fields: fields.map((field) => shown(field, covers(personal, field.pointer))),
    impact,
    requires,
    ...(protect && { protect }),
    ...(takes && { takes }),
    ...(note !== undefined && { note }),
    ...(steps && { steps }),
  };
  switch (change.action) {
    case "create":
      return {
        ...base,
        action: "create",
        key: change.key,
        desired: sorted(change.desired),
        ...(change.beside && { beside: change.beside }),
        ...(change.formerly && { formerly: change.formerly }),
      };
    case "update": {
      const patch = change.patch.map(({ op, path, value }) => ({
        op,
        path,
        value: sortedValue(value),
      }));
      return {
        ...base,
        action: "update",
        desired: sorted(change.desired),
        observed: before(change, mention),
        patch,
      };
    }
    case "upgrade":
      return {
        ...base,
        action: "upgrade",
        desired: sorted(change.desired),
        observed: before(change, mention),
        ...(change.beside && { beside: change.beside }),
      };
    case "rename":
      return { ...base, action: "rename", observed: before(change, mention), from: change.from };
    case "remove":
    case "forget":
    case "protect":
    case "unprotect":
      return { ...base, action: change.action, observed: before(change, mention) };
  }
}

type Live = Exclude<Change, { readonly action: "create" }>;

/** Keeps the fields that the manifest mentions or that the change is based on. */
function before({ observed: { id, key, spec }, basedOn }: Live, mention: Spec): Before {
  const kept = basedOn.reduce(
    (cutDown: Spec, pointer) => {
      const value = valueAt(spec, pointer);
      return value === undefined ? cutDown : withValue(cutDown, pointer, value);
    },
    cutToMention(spec, mention),
  );
  return { id, key, spec: sorted(kept) };
}

function shown({ pointer, before, after, cause }: FieldChange, personal: boolean): FieldChange {
  const values = {
    ...(before !== undefined && { before: sortedValue(before) }),
    after: sortedValue(after),
  };
  return { pointer, ...values, cause, ...(personal && { personal }) };
}

function sorted(spec: Spec): Spec {
  const result: Record<string, Json> = {};
  for (const field of Object.keys(spec).sort()) result[field] = sortedValue(spec[field] ?? null);
  return result;
}

function sortedValue(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortedValue);
  return isSpec(value) ? sorted(value) : value;
}
