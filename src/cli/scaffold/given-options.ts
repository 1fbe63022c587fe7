import { followReference, schemaAt } from "../../manifest/write/render.ts";
import { type Checked, diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import type { Json, JsonSchema, Spec } from "../../model/values/json.ts";
import { type Pointer, withValue } from "../../model/values/pointer.ts";

/** An option of an adapter that was given as NAME=VALUE. */
export interface GivenOption {
  readonly pointer: Pointer;
  readonly value: Json;
}

/**
 * Reads options given as NAME=VALUE; a dotted name leads into an object. A value is a text where
 * the schema wants one or it is no JSON. Problems quote no value, because one may be a secret.
 */
export function givenOptions(
  given: readonly string[],
  schema: JsonSchema | undefined,
): Checked<readonly GivenOption[]> {
  const options: GivenOption[] = [];
  for (const one of given) {
    const [, name = "", text = ""] = /^([a-z]\w*(?:\.[a-z]\w*)*)=(.+)$/isu.exec(one) ?? [];
    if (name === "") return refused(one.split("=", 1)[0] ?? "");
    const path = name.split(".");
    options.push({ pointer: `/${path.join("/")}`, value: typed(text, path, schema) });
  }
  return { ok: true, value: options, diagnostics: [] };
}

/** The options as an object. */
export function asOptions(given: readonly GivenOption[]): Spec {
  return given.reduce((sum: Spec, { pointer, value }) => withValue(sum, pointer, value), {});
}

function typed(text: string, path: readonly string[], root: JsonSchema | undefined): Json {
  const schema = path.reduce(
    (at: JsonSchema | undefined, field) =>
      followReference(schemaAt(schemaAt(at, "properties"), field), root),
    root,
  );
  if (schema?.type === "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function refused(name: string): Checked<never> {
  const message = say`--set ${name} is not an option with its value.`;
  const hint = say`Write NAME=VALUE, such as --set tenant=contoso.partner.onmschina.cn.`;
  return {
    ok: false,
    diagnostics: [diagnostic({ severity: "error", code: "usage/invalid-value", message, hint })],
  };
}
