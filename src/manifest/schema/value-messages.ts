import { oddCharacter, withoutIt } from "../../model/text/odd-characters.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { didYouMean } from "../../model/text/similar.ts";
import type { Json } from "../../model/values/json.ts";
import { type Saying, shortOf, typeName, typeOf } from "./violation.ts";

/** The value has another type. */
export const wrongType: Saying = ({ error, value }, field) => {
  const wanted = [error.params.type].flat().map(String);
  const message = say`${field} must be ${{ either: wanted.map(typeName) }}, and is ${typeName(typeOf(value))}.`;
  const isText =
    wanted.includes("string") && (typeof value === "number" || typeof value === "boolean");
  const isNumber =
    (wanted.includes("integer") || wanted.includes("number")) &&
    typeof value === "string" &&
    /^-?[0-9.]+$/.test(value);
  const hint = isText
    ? say`Put it in quotes.`
    : isNumber
      ? say`Take the quotes away.`
      : otherYaml(wanted, value);
  return { code: "type", message, hint };
};

/** A hint for text that YAML 1.1 or another reader would take for a boolean or a number. */
function otherYaml(wanted: readonly string[], value: Json | undefined): Wording | undefined {
  if (typeof value !== "string" || wanted.includes("object")) return undefined;
  const odd = oddCharacter(value);
  if (odd) return withoutIt(odd);
  if (wanted.includes("boolean") && /^(?:y|yes|on)$/i.test(value))
    return say`Write true: \`${value}\` is text in YAML 1.2.`;
  if (wanted.includes("boolean") && /^(?:n|no|off)$/i.test(value))
    return say`Write false: \`${value}\` is text in YAML 1.2.`;
  const isNumber = wanted.includes("integer") || wanted.includes("number");
  return isNumber && /^[\d_,]*\d$/.test(value)
    ? say`Write the digits alone: ${value.replaceAll(/[_,]/g, "")}.`
    : undefined;
}

/** The field is refused whatever its value. */
export const notAllowed: Saying = (_fault, field) => ({
  code: "not-allowed",
  message: say`${field} may not be written here.`,
  hint: say`Take it out.`,
});

/** The value is not in the list of allowed ones. */
export const notOneOf: Saying = ({ error, value }, field) => {
  const allowed = [error.params.allowedValues].flat().map(String);
  const list = allowed.map((one) => `\`${one}\``).join(", ");
  const hint = typeof value === "string" ? didYouMean(value, allowed) : undefined;
  const is = shortOf(error, value);
  const message =
    is === undefined
      ? say`${field} must be one of ${list}.`
      : say`${field} must be one of ${list}, and is \`${is}\`.`;
  return { code: "enum", message, hint };
};

/** The value is not the only one allowed. */
export const notConst: Saying = ({ error, value }, field) => {
  const wanted = String(error.params.allowedValue);
  const code = error.instancePath === "/apiVersion" ? "api-version" : "const";
  const is = shortOf(error, value);
  const message =
    is === undefined
      ? say`${field} must be \`${wanted}\`.`
      : say`${field} must be \`${wanted}\`, and is \`${is}\`.`;
  return { code, message, hint: say`Write \`${wanted}\`.` };
};

/** The text does not match the pattern. */
export const wrongPattern: Saying = ({ error, schema }, field) => {
  const [example] = Array.isArray(schema?.examples) ? schema.examples : [];
  const hint =
    example === undefined
      ? say`It has to match ${String(error.params.pattern)}.`
      : say`For example: \`${String(example)}\`.`;
  return { code: "pattern", message: say`${field} is not written as it should be.`, hint };
};

/** The text is not in the format. */
export const wrongFormat: Saying = ({ error }, field) => {
  const format = String(error.params.format);
  return {
    code: "format",
    message: say`${field} must be ${formats[format] ?? say`in the format ${format}`}.`,
  };
};

const formats: Readonly<Record<string, string>> = {
  email: say`an e-mail address`,
  uri: say`a web address, with https://`,
  date: say`a date, YYYY-MM-DD`,
  "date-time": say`a date and time (RFC 3339)`,
  uuid: say`an id of the form 00000000-0000-0000-0000-000000000000`,
};

/** The list holds an item twice. */
export const equalItems: Saying = ({ error }, field) => ({
  code: "unique-items",
  message: say`${field} holds the same item twice.`,
  hint: say`Items ${Number(error.params.j) + 1} and ${Number(error.params.i) + 1} are equal: take one out.`,
});
