import { compile } from "../manifest/compile.ts";
import type { Checked } from "../model/diagnostic.ts";
import type { Desired } from "../model/resource.ts";
import type { Project } from "./project.ts";

/** Reads and compiles a project's manifests, or those under some paths: everything that can be judged without a backend. */
export function validate(project: Project, paths?: readonly string[]): Checked<Desired> {
  const sources = project.sources(paths);
  if (!sources.ok) return sources;
  return compile(sources.value, compileContext(project));
}

/** What the compiler needs to know of a project. */
export function compileContext(project: Project): Parameters<typeof compile>[1] {
  const { kinds, settings, cache } = project;
  const catalogued = kinds.find((kind) => !kind.declared);
  const names = catalogued && settings.offers ? { [catalogued.name]: settings.offers } : {};
  return { kinds, names, ...(cache && { cache }) };
}
