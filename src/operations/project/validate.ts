import type { CompileContext } from "../../manifest/context.ts";
import { type Places, recall, setKey } from "../../manifest/compile-cache.ts";
import type { Checked } from "../../model/diagnostic.ts";
import type { Desired } from "../../model/resource.ts";
import type { Source } from "../../model/source.ts";
import type { Project } from "./project.ts";

/**
 * Reads and compiles a project's manifests, or those under some paths: every check that needs no
 * backend, policies aside. The result is partial if there are paths, or if something was not read.
 */
export async function validate(
  project: Project,
  paths: readonly string[] = [],
): Promise<Checked<Desired>> {
  const sources = await project.sources(paths);
  if (!sources.ok) return sources;
  const compiled = await validateSources(project, sources.value);
  const diagnostics = [...sources.diagnostics, ...compiled.diagnostics];
  if (!compiled.ok) return { ok: false, diagnostics };
  const partial = paths.length > 0 || sources.diagnostics.length > 0;
  return { ok: true, value: { ...compiled.value, ...(partial && { partial }) }, diagnostics };
}

/** Like `validate`, for files that are already read. */
export async function validateSources(
  project: Project,
  sources: readonly Source[],
): Promise<Checked<Desired>> {
  const context = compileContext(project);
  const key = setKey(sources, context);
  let found: Places | undefined;
  let missed = false;
  const known = recall(key, context, () => {
    missed ||= !found;
    return found;
  });
  // Loading the compiler takes longer than reading a cached set.
  const compiler = () => import("../../manifest/compile.ts");
  if (!known) return (await compiler()).compileAnew(sources, context, key);
  const findPlaces = async (): Promise<boolean> => {
    if (!missed || found) return false;
    found = (await compiler()).places(sources, context);
    return true;
  };
  return { ok: true, value: { ...known, findPlaces }, diagnostics: [] };
}

/** The compiler's view of a project. */
export function compileContext({ kinds, settings, cache, build }: Project): CompileContext {
  const catalogued = kinds.find((kind) => !kind.declared);
  const names = catalogued ? { [catalogued.name]: settings.offers } : {};
  return { kinds, names, ...(cache && { cache }), ...(build !== undefined && { build }) };
}
