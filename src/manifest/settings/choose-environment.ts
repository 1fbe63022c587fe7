import { say } from "../../model/text/phrase.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { isSpec, type Json, type Spec } from "../../model/values/json.ts";
import { below } from "../../model/values/pointer.ts";
import type { ParsedFile } from "../read/parse.ts";
import type { Layer, Written } from "../resolve/layers.ts";
import { mergePatch } from "../resolve/merge-patch.ts";
import type { FieldProblem } from "../schema/problem.ts";

/** The settings of the file itself, as a layer. */
export function ownSettings(file: ParsedFile, value: Json): Written {
  return { value, layers: [{ file, index: 0, value }], sound: true, checked: false };
}

/** The settings of one environment: the file's own with the environment's patch as a layer. */
export function chooseEnvironment(
  document: Spec,
  file: ParsedFile,
  environment: string | undefined,
): Written | FieldProblem {
  const { environments, ...own } = document;
  if (environment === undefined) return ownSettings(file, own);
  const known = isSpec(environments) ? environments : {};
  const patch = Object.hasOwn(known, environment) ? known[environment] : undefined;
  if (patch === undefined) return unknownEnvironment(environment, Object.keys(known));
  const layers = [
    ...ownSettings(file, own).layers,
    environmentLayer(file, environment, patch),
  ] as const;
  return { value: mergePatch(own, patch), layers, sound: true, checked: false };
}

/** An environment's patch as a layer: the same file, with pointers below that environment. */
export function environmentLayer(file: ParsedFile, environment: string, value: Json): Layer {
  const from = below("/environments", environment);
  return {
    file: {
      ...file,
      locate: (index, pointer, part) => file.locate(index, `${from}${pointer}`, part),
    },
    index: 0,
    value,
  };
}

function unknownEnvironment(name: string, known: readonly string[]): FieldProblem {
  const listed =
    known.length > 0
      ? say`Environments: ${{ list: known }}.`
      : say`The settings have no environments.`;
  const message = say`There is no environment \`${name}\` in the settings.`;
  return {
    code: "settings/unknown-environment",
    pointer: "/environments",
    part: "key",
    message,
    hint: didYouMean(name, known, listed) ?? listed,
  };
}
