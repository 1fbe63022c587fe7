import type { Code } from "../../model/codes.ts";
import { type Edited, edit, type Wish } from "../../manifest/write/edit.ts";
import { type Checked, type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import type { Change, FieldChange } from "../../model/plan/plan.ts";
import { type FindQuotes, quoter } from "../../model/text/quotes.ts";
import type { Desired } from "../../model/resource.ts";
import { say } from "../../model/text/phrase.ts";
import { personalIn } from "../../plan/diff/personal.ts";
import { planWith } from "../plan/plan.ts";
import type { Project, View } from "../project/project.ts";
import { resolveTargets } from "../plan/targets.ts";
import { compileContext } from "../project/validate.ts";

/**
 * What to pull. `only`: addresses, kinds or patterns, without what they depend on. `all`: also
 * fields that the manifests changed or that were never applied.
 */
export interface PullOptions {
  readonly only?: readonly string[];
  readonly all?: boolean;
}

/** The edits that write the account's values to the manifests, and why others were not made. */
export interface Pulled extends Edited {
  /** Fields that are left as the manifest has them, because it changed too or was never applied. */
  readonly wishes: readonly Diagnostic[];
  /** Finds personal data in the text shown of the edits. */
  readonly quotes: FindQuotes;
}

/** Computes edits that write drifted values of the account to the manifests. Writes nothing. */
export async function pull(
  project: Project,
  view: View,
  { only, all }: PullOptions,
): Promise<Checked<Pulled>> {
  const planned = await planWith(project, view, only ? { only } : {});
  if (!planned.ok) return planned;
  const { plan, desired } = planned.value;
  const isWanted = only ? resolveTargets(only) : () => true;
  const differing = plan.changes
    .filter((change) => change.action === "update" && isWanted(change.address))
    .flatMap(fieldsOf);
  const drifted = differing.filter(({ field }) => all || field.cause === "drift");
  const sources = await project.sources();
  if (!sources.ok) return sources;
  const { cache: _, ...context } = compileContext(project);
  const edited = edit(sources.value, context, drifted.flatMap(wishOf));
  if (!edited.ok) return edited;
  const emptied = drifted
    .filter(({ field }) => field.before === undefined)
    .map((one) => gone(one, desired));
  const lost = plan.problems
    .filter(
      ({ code, address }) => isLost(code) && (address === undefined ? !only : isWanted(address)),
    )
    .map(removed);
  const wishes = differing
    .filter((one) => !drifted.includes(one))
    .map((one) => wished(one, desired));
  const refused = [...edited.value.refused, ...emptied, ...lost];
  const quotes = quoter(() =>
    personalIn({ kinds: project.kinds, desired, observed: planned.value.observation.observed }),
  );
  return {
    ok: true,
    value: { ...edited.value, refused, wishes, quotes },
    diagnostics: planned.diagnostics,
  };
}

interface Differing {
  readonly change: Change;
  readonly field: FieldChange;
}

function fieldsOf(change: Change): readonly Differing[] {
  return change.fields.map((field) => ({ change, field }));
}

function wishOf({ change: { address }, field: { pointer, before } }: Differing): readonly Wish[] {
  return before === undefined ? [] : [{ address, pointer, value: before }];
}

function placed(
  { change: { address }, field: { pointer } }: Differing,
  { resources }: Desired,
): Pick<Diagnostic, "at" | "address"> {
  const at = resources.find((one) => one.address === address)?.locate(`/spec${pointer}`);
  return { address, ...(at && { at }) };
}

function nameOf({ change: { address }, field: { pointer } }: Differing): string {
  return `${address} ${pointer.slice(1).replaceAll("/", ".")}`;
}

function gone(one: Differing, desired: Desired): Diagnostic {
  return diagnostic({
    severity: "warning",
    code: "pull/emptied",
    message: say`${nameOf(one)} has no value in the account any more, which a manifest cannot say.`,
    hint: say`Take the field out to leave it as it is from now on, or apply the manifest to set it again.`,
    ...placed(one, desired),
  });
}

function wished(one: Differing, desired: Desired): Diagnostic {
  return diagnostic({
    severity: "note",
    code: "pull/wished",
    message: say`${nameOf(one)} differs, but not because the account alone changed: its manifest did too, or it was never applied. So the manifest stands.`,
    hint: say`Apply it, or give it up with partnerctl pull --all.`,
    ...placed(one, desired),
  });
}

function isLost(code: Code): boolean {
  return code === "identity/lost" || code === "identity/pin-gone";
}

function removed(problem: Diagnostic): Diagnostic {
  return {
    ...problem,
    severity: "warning",
    hint: say`If it is to stay away, say so in its manifest: state: absent, and a reason.`,
  };
}
