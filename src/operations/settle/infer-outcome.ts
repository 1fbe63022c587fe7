import type { Support } from "../../model/adapter.ts";
import type { Kind } from "../../model/kind.ts";
import type { LedgerState, OpenIntent } from "../../model/ledger/ledger-state.ts";
import type { AppliedFields, Event, ObjectId } from "../../model/ledger/ledger.ts";
import type { Keyed } from "../../model/ledger/marks.ts";
import type { Observed } from "../../model/observed.ts";
import { say } from "../../model/text/phrase.ts";
import { equal, type Spec } from "../../model/values/json.ts";
import { covers, valueAt } from "../../model/values/pointer.ts";
import type { Proposals } from "./read-proposals.ts";
import type { Waited } from "./waited.ts";

/** What is needed to infer from a read whether a write happened. */
export interface Evidence {
  readonly state: LedgerState;
  readonly kinds: readonly Kind[];
  readonly supports: Readonly<Record<string, Support>>;
  readonly waited: Waited;
  readonly keyed: Keyed;
  readonly proposals: Proposals;
}

/** What a read reveals about a write: it happened (to this id), it did not, or it is too early. */
export type InferredOutcome =
  | { readonly happened: true; readonly id?: string }
  | { readonly happened: false }
  | "unknown";

/** Infers a write's outcome. `observed` must contain all objects of its kind under its parent. */
export function verdict(
  intent: OpenIntent,
  observed: readonly Observed[],
  evidence: Evidence,
): InferredOutcome {
  const proposal = intent.proposal && evidence.proposals.get(intent.proposal);
  if (intent.over && (proposal === "open" || isUnordered(intent))) return { happened: false };
  const made = intent.action === "create" || intent.action === "upgrade";
  const found = made ? newcomer(intent, observed, evidence) : changed(intent, observed, evidence);
  if (found) return found;
  return !intent.over || isPurchase(intent, evidence) || mayStillShow(intent, evidence)
    ? "unknown"
    : { happened: false };
}

/**
 * Whether a write buys something and cannot be repeated. Only a person can state that it did not
 * happen: a list that does not show it proves nothing.
 */
export function isPurchase(
  { action, kind }: Pick<OpenIntent, "action" | "kind">,
  { kinds, supports }: Pick<Evidence, "kinds" | "supports">,
): boolean {
  if (action !== "create" && action !== "upgrade") return false;
  return (
    kinds.some(({ name, duplicateKey }) => name === kind && duplicateKey !== undefined) &&
    !supports[kind]?.repeatable.includes(action)
  );
}

/** Whether only a recorded proposal could have been ordered, and there is none. */
function isUnordered({ proposes, proposal }: OpenIntent): boolean {
  return proposes === true && proposal === undefined;
}

function mayStillShow(
  { kind, run, change, countedFrom, grace = 0 }: OpenIntent,
  { supports, waited }: Evidence,
): boolean {
  const longest = (supports[kind]?.lag ?? 0) + grace;
  return (
    longest > 0 &&
    waited({
      what: ["open", run, change].join(" "),
      ...(countedFrom !== undefined && { since: countedFrom }),
    }) <= longest
  );
}

/** The outcome of a write, as recorded in the ledger. */
export type Ended = Extract<Event, { readonly type: "outcome" }>;

/** The outcome entry for what a read has revealed. */
export function endedBy(
  { run, change, address }: OpenIntent,
  found: Exclude<InferredOutcome, "unknown">,
  made: { readonly at: string; readonly backendTime?: string },
): Ended {
  const base = { type: "outcome", ...made, run, change, address, by: "reading" } as const;
  if (found.happened)
    return { ...base, status: "done", ...(found.id !== undefined && { id: found.id }) };
  return {
    ...base,
    status: "failed",
    code: "settled/did-not-happen",
    because: say`A later reading shows that it did not happen.`,
  };
}

/**
 * The one new object with the intent's key, which neither existed before nor belongs to another
 * address. If its values differ from the order, somebody else may have made it.
 */
function newcomer(
  intent: OpenIntent,
  observed: readonly Observed[],
  evidence: Evidence,
): InferredOutcome | undefined {
  const { state, keyed } = evidence;
  const taken = new Set([...(intent.existing ?? []), ...Object.values(state.ids)]);
  const named = ({ key }: Observed) =>
    key === intent.key || keyed(intent.object, "", key) === intent.key;
  const near = observed.filter(
    (one) => one.kind === intent.kind && one.parentId === intent.parentId,
  );
  const fits = near.filter((one) => !taken.has(one.id) && named(one));
  const [one, ...more] = fits;
  if (!one) return undefined;
  return more.length > 0 || isOther(intent, one, evidence)
    ? "unknown"
    : { happened: true, id: one.id };
}

/**
 * Whether an object differs from the intent in a field that ordering sets. For an upgrade, only the
 * `duplicateKey` fields count.
 */
function isOther(
  { kind: name, action, fields = {} }: OpenIntent,
  { spec }: Observed,
  { kinds }: Evidence,
): boolean {
  const kind = kinds.find((one) => one.name === name);
  const set = (action === "create" ? kind?.ordered : kind?.duplicateKey) ?? [];
  const seen = (kind?.normalize(spec) ?? spec) as Spec;
  return set.some((pointer) => {
    const [sent, value] = [fields[pointer], valueAt(seen, pointer)];
    return (
      sent !== undefined && "value" in sent && value !== undefined && !equal(sent.value, value)
    );
  });
}

/** Whether the object has every value of the intent; for a removal, whether it is gone. */
function changed(
  intent: OpenIntent,
  observed: readonly Observed[],
  evidence: Evidence,
): InferredOutcome | undefined {
  const kind = evidence.kinds.find(({ name }) => name === intent.kind);
  const one = observed.find(({ id, kind: name }) => id === intent.id && name === intent.kind);
  if (intent.action === "remove")
    return !one || kind?.gone(one.spec)
      ? { happened: true, ...(one && { id: one.id }) }
      : undefined;
  if (!one || !kind) return undefined;
  const found = agreement(intent.object, intent.fields ?? {}, { kind, one, evidence });
  if (found === "hidden") return "unknown";
  return found === "same" ? { happened: true, id: one.id } : undefined;
}

/**
 * Compares an object with these values, as far as they are readable. References are skipped,
 * because the object has ids instead of names.
 */
export function agreement(
  object: ObjectId,
  fields: AppliedFields,
  {
    kind,
    one,
    evidence,
  }: { readonly kind: Kind; readonly one: Observed; readonly evidence: Evidence },
): "same" | "differs" | "hidden" {
  const spec = kind.normalize(one.spec) as Spec;
  const declared = new Set(evidence.kinds.filter((one) => one.declared).map(({ name }) => name));
  const names = kind.references
    .filter((reference) => declared.has(reference.kind))
    .map(({ pointer }) => pointer);
  const readable = evidence.supports[kind.name]?.readable ?? [];
  const comparable = Object.entries(fields).filter(
    ([pointer]) => covers(readable, pointer) && !covers(names, pointer),
  );
  if (comparable.length === 0) return "hidden";
  const same = comparable.every(([pointer, applied]) => {
    const value = valueAt(spec, pointer) ?? null;
    return "value" in applied
      ? equal(applied.value, value)
      : applied.keyed === evidence.keyed(object, pointer, value);
  });
  return same ? "same" : "differs";
}
