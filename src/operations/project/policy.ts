import { byPlace, type Checked, type Diagnostic } from "../../model/diagnostic.ts";
import type { Digest } from "../../model/values/digest.ts";
import type { Spec } from "../../model/values/json.ts";
import type { World } from "../../model/kind.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { PolicySubject } from "../../model/policy.ts";
import { personalTexts, quoter } from "../../model/text/quotes.ts";
import type { Desired, Resource } from "../../model/resource.ts";
import type { Project } from "./project.ts";
import { textOf } from "../../model/text/recorded.ts";

/** A project's compiled policies. */
export interface Policing {
  readonly digest: Digest;
  /** At least one of them refers to the account, which must then be read completely. */
  readonly needsAccount: boolean;
  manifests(resources: readonly Resource[], asked: PolicySubject): readonly Diagnostic[];
  plan(
    plan: Omit<Plan, "digest">,
    resources: readonly Resource[],
    world: World,
  ): readonly Diagnostic[];
}

/**
 * Reads and compiles a project's policies. Undefined if it has none; the evaluator is then not
 * loaded.
 */
export async function readPolicing(project: Project): Promise<Checked<Policing | undefined>> {
  const read = await project.policies?.();
  if (read && !read.ok) return read;
  if (!read || read.value.policies.length === 0)
    return { ok: true, value: undefined, diagnostics: [] };
  const { compilePolicies } = await import("../../policy/compile.ts");
  const { judgeManifests, judgePlan } = await import("../../policy/judge.ts");
  const book = compilePolicies(read.value);
  if (!book.ok) return book;
  const kinds = project.kinds.filter((kind) => kind.declared).map(({ name }) => name);
  const environment = project.environment ?? "";
  return {
    ok: true,
    diagnostics: [],
    value: {
      digest: book.value.digest,
      needsAccount: book.value.needsAccount,
      manifests: (resources, asked) => judgeManifests(book.value, resources, asked),
      plan: (plan, resources, world) => {
        const asked = {
          today: plan.asOf,
          environment,
          ...(plan.scope && { scope: plan.scope }),
          ...(plan.partial && { partial: true as const }),
        };
        return judgePlan(book.value, { plan, resources, world, kinds }, asked);
      },
    },
  };
}

/**
 * Checks compiled manifests against the project's policies and adds what they find. `today` is
 * YYYY-MM-DD; `partial` means that these are not all manifests.
 */
export async function judgeManifests(
  project: Project,
  { value: desired, diagnostics }: Checked<Desired> & { readonly ok: true },
  asked: Pick<PolicySubject, "today" | "partial">,
): Promise<Checked<Desired>> {
  const policies = await readPolicing(project);
  if (!policies.ok) return { ok: false, diagnostics: [...diagnostics, ...policies.diagnostics] };
  if (!policies.value) return { ok: true, value: desired, diagnostics };
  const ask = policies.value.manifests;
  const all = { ...asked, environment: project.environment ?? "" };
  const found = ask(desired.resources, all);
  const placed = (await desired.findPlaces?.()) ? ask(desired.resources, all) : found;
  const quotes = quoter(() => personalOf(project, desired));
  const quoting = placed.map((one) => ({
    ...one,
    ...quotes(textOf(one, "message"), textOf(one, "hint")),
  }));
  return { ok: true, value: desired, diagnostics: [...diagnostics, ...quoting].sort(byPlace) };
}

function* personalOf({ kinds }: Project, { resources }: Desired): Generator<string> {
  const personal = new Map(kinds.map((kind) => [kind.name, kind.personal]));
  for (const { kind, spec } of resources)
    yield* personalTexts(spec as Spec, personal.get(kind) ?? []);
}
