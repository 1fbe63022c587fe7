import { isSpec, type Json } from "../../model/values/json.ts";
import { below, segments } from "../../model/values/pointer.ts";
import { say } from "../../model/text/say.ts";
import type { FieldProblem } from "./problem.ts";
import {
  type Violation,
  nameOf,
  type ViolationMessage,
  type Saying,
  shortOf,
  typeName,
  typeOf,
  whole,
} from "./violation.ts";
import { limitSayings } from "./limit-messages.ts";
import { oddCharacter, withoutIt } from "../../model/text/odd-characters.ts";
import { didYouMean } from "../../model/text/similar.ts";

/** Converts a schema error to a message in plain words with a stable code. */
export function complaint(fault: Violation): FieldProblem {
  const { keyword, instancePath } = fault.error;
  const special = Object.hasOwn(sayings, keyword) ? sayings[keyword] : undefined;
  const field = nameOf(fault);
  const said = special?.(fault, field) ?? {
    code: "invalid",
    message: say`${field} is not valid: ${fault.error.message ?? keyword}.`,
  };
  const added =
    said.field === undefined
      ? undefined
      : { pointer: below(instancePath, said.field), part: "key" as const };
  const place = added ?? { pointer: instancePath, part: "value" as const };
  return {
    code: `schema/${said.code}`,
    ...place,
    message: said.message,
    ...hintOf(said, fault),
  };
}

const spelled = [
  "pattern",
  "format",
  "enum",
  "const",
  "api-version",
  "unknown-field",
  "field-name",
];

/** An invisible or look-alike character in the text is a better hint than the message's own. */
function hintOf(
  { code, hint, field }: ViolationMessage,
  { value }: Violation,
): { readonly hint?: string } {
  const written = field ?? (typeof value === "string" ? value : "");
  const odd = spelled.includes(code) ? oddCharacter(written) : undefined;
  if (odd) return { hint: withoutIt(odd) };
  return hint === undefined ? {} : { hint };
}

const unknownField: Saying = ({ error, schema }, field) => {
  const written = String(error.params.additionalProperty ?? error.params.unevaluatedProperty);
  const known = isSpec(schema?.properties) ? Object.keys(schema.properties) : [];
  const listed =
    known.length > 0 && known.length <= 12 ? say`Known here: ${known.join(", ")}.` : undefined;
  const owner =
    field === whole ? say`the document` : `\`${segments(error.instancePath).at(-1) ?? ""}\``;
  return {
    code: "unknown-field",
    message: say`\`${written}\` is not a field of ${owner}.`,
    hint: didYouMean(written, known, listed),
    field: written,
  };
};

const missingField: Saying = ({ error }, field) => {
  const missing = String(error.params.missingProperty);
  return {
    code: "required",
    message: say`${field} has no \`${missing}\`, which it needs.`,
    hint: say`Add \`${missing}\`.`,
  };
};

const wrongType: Saying = ({ error, value }, field) => {
  const wanted = [error.params.type].flat().map(String);
  const message = say`${field} must be ${wanted.map(typeName).join(" or ")}, and is ${typeName(typeOf(value))}.`;
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
function otherYaml(wanted: readonly string[], value: Json | undefined): string | undefined {
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

const notAllowed: Saying = (_fault, field) => ({
  code: "not-allowed",
  message: say`${field} may not be written here.`,
  hint: say`Take it out.`,
});

const notOneOf: Saying = ({ error, value }, field) => {
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

const notConst: Saying = ({ error, value }, field) => {
  const wanted = String(error.params.allowedValue);
  const code = error.instancePath === "/apiVersion" ? "api-version" : "const";
  const is = shortOf(error, value);
  const message =
    is === undefined
      ? say`${field} must be \`${wanted}\`.`
      : say`${field} must be \`${wanted}\`, and is \`${is}\`.`;
  return { code, message, hint: say`Write \`${wanted}\`.` };
};

const wrongPattern: Saying = ({ error, schema }, field) => {
  const [example] = Array.isArray(schema?.examples) ? schema.examples : [];
  const hint =
    example === undefined
      ? say`It has to match ${String(error.params.pattern)}.`
      : say`For example: ${String(example)}`;
  return { code: "pattern", message: say`${field} is not written as it should be.`, hint };
};

const wrongFormat: Saying = ({ error }, field) => {
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

const twice: Saying = ({ error }, field) => ({
  code: "unique-items",
  message: say`${field} holds the same item twice.`,
  hint: say`Items ${Number(error.params.j) + 1} and ${Number(error.params.i) + 1} are equal: take one out.`,
});

const badName: Saying = ({ error }, field) => {
  const written = String(error.params.propertyName);
  return {
    code: "field-name",
    message: say`\`${written}\` cannot be a name in ${field === whole ? say`the document` : field}.`,
    field: written,
  };
};

const noChoice: Saying = ({ schema }, field) => {
  const choices = [schema?.anyOf ?? schema?.oneOf ?? []].flat().filter(isSpec);
  const needed = choices.flatMap((one) =>
    Array.isArray(one.required) ? one.required.map(String) : [],
  );
  if (needed.length > 0)
    return {
      code: "required",
      message: say`${field} needs one of ${needed.map((one) => `\`${one}\``).join(", ")}.`,
    };
  const types = choices.map((one) =>
    typeof one.type === "string"
      ? typeName(one.type)
      : Array.isArray(one.enum)
        ? say`one of ${one.enum.join(", ")}`
        : undefined,
  );
  const known = types.filter((one) => one !== undefined);
  return {
    code: "any-of",
    message:
      known.length > 0
        ? say`${field} must be ${known.join(", or ")}.`
        : say`${field} has none of the forms that are allowed.`,
  };
};

const sayings: Readonly<Record<string, Saying>> = {
  additionalProperties: unknownField,
  unevaluatedProperties: unknownField,
  required: missingField,
  dependentRequired: missingField,
  type: wrongType,
  not: notAllowed,
  "false schema": notAllowed,
  enum: notOneOf,
  const: notConst,
  pattern: wrongPattern,
  format: wrongFormat,
  uniqueItems: twice,
  propertyNames: badName,
  anyOf: noChoice,
  oneOf: noChoice,
  ...limitSayings,
};
