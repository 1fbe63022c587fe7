import { isSpec, type Json, type JsonSchema } from "../../model/values/json.ts";
import { below, type Pointer, valueAt } from "../../model/values/pointer.ts";
import { say } from "../../model/text/phrase.ts";
import { keepSecret } from "../../model/text/secrets.ts";
import type { FieldProblem } from "../schema/problem.ts";

/**
 * Settings with variables substituted, and the problems found. These problems never show a secret.
 */
export interface Filled {
  readonly value: Json;
  readonly complaints: readonly FieldProblem[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Substitutes `${NAME}` in the fields that the schema marks `x-secret`. Reports variables in other
 * fields, literal secrets, unset variables and multi-line values that are not PEM. Registers every
 * secret with `keepSecret`, which masks it in messages.
 */
export function secrets(settings: Json, schema: JsonSchema, variables: Variables): Filled {
  const complaints: FieldProblem[] = [];
  const walk = (value: Json, own: JsonSchema | undefined, at: Pointer): Json => {
    if (typeof value === "string")
      return own?.["x-secret"] === true ? secret(value, at, own) : plain(value, at);
    if (Array.isArray(value))
      return value.map((item: Json, index) => walk(item, schemaOf(own, "items"), below(at, index)));
    if (!isSpec(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]) => [
        field,
        walk(inner, fieldSchema(own, field), below(at, field)),
      ]),
    );
  };
  const plain = (value: string, at: Pointer): string => {
    if (value.includes("${")) complaints.push(notHere(at));
    return value;
  };
  const secret = (value: string, at: Pointer, own: JsonSchema): string => {
    const [, name] = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(value) ?? [];
    // Files and pipelines often add a line break at the end; it is not part of the secret.
    const found =
      name !== undefined && Object.hasOwn(variables, name) ? (variables[name] ?? "").trim() : "";
    if (name === undefined) complaints.push(written(at));
    else if (found === "" && own["x-may-be-unset"] !== true) complaints.push(unset(at, name));
    else if (/[\r\n]/.test(found) && !found.startsWith("-----BEGIN "))
      complaints.push(broken(at, name));
    keepSecret(name === undefined ? value : found);
    return found;
  };
  const fieldSchema = (own: JsonSchema | undefined, field: string): JsonSchema | undefined =>
    schemaOf(schemaOf(own, "properties"), field) ?? schemaOf(own, "additionalProperties");
  const schemaOf = (own: JsonSchema | undefined, keyword: string): JsonSchema | undefined => {
    const found = own && Object.hasOwn(own, keyword) ? own[keyword] : undefined;
    const target =
      isSpec(found) && typeof found.$ref === "string"
        ? valueAt(schema, found.$ref.slice(1))
        : found;
    return isSpec(target) ? target : undefined;
  };
  return { value: walk(settings, schema, ""), complaints };
}

function notHere(pointer: Pointer): FieldProblem {
  const message = say`A variable may stand only where the settings hold a secret.`;
  return {
    code: "settings/variable-not-allowed",
    pointer,
    part: "value",
    message,
    hint: say`Write the value itself; use \`environments\` for what differs.`,
  };
}

function written(pointer: Pointer): FieldProblem {
  const message = say`This is a secret, and secrets are never written in a file.`;
  const hint = say`Put it in an environment variable, and write here only that variable, as examples in the schema show.`;
  return { code: "settings/secret-in-file", pointer, part: "value", message, hint, secret: true };
}

function broken(pointer: Pointer, name: string): FieldProblem {
  const message = say`The environment variable ${name} holds a line break, which only a key in PEM form has.`;
  return {
    code: brokenCode,
    pointer,
    part: "value",
    message,
    hint: say`Set ${name} to the secret alone, on one line.`,
  };
}

/** A secret of several lines. */
const brokenCode = "settings/secret-line-break";

/** A variable that is not set. */
const unsetCode = "settings/variable-unset";

/** Whether a problem is about a variable's value; it can be ignored if no secret is used. */
export function isAboutValue({ code }: FieldProblem): boolean {
  return code === unsetCode || code === brokenCode;
}

function unset(pointer: Pointer, name: string): FieldProblem {
  const message = say`The environment variable ${name} is not set, or empty.`;
  return { code: unsetCode, pointer, part: "value", message, hint: say`Set ${name} for this run.` };
}
