import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** The folder of the schemas that editors use, in a project. */
export const schemaFolder = ".vscode/schemas";

/**
 * The folder of the schemas as a file sees it, for its line for editors. Undefined where the
 * project has no such schemas, or the file's folder is outside the project.
 */
export function schemaFolderFrom(
  root: string,
  folder: string,
): ((path: string) => string) | undefined {
  const schemas = join(resolve(root), schemaFolder);
  if (!existsSync(join(schemas, "manifest.schema.json"))) return undefined;
  if (relative(resolve(root), resolve(folder)).startsWith("..")) return undefined;
  return (path) =>
    relative(dirname(join(resolve(folder), path)), schemas)
      .split(sep)
      .join("/");
}
