import { oddCharacter, withoutIt } from "../../model/text/odd-characters.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { isSpec } from "../../model/values/json.ts";
import { below, segments } from "../../model/values/pointer.ts";
import { limitSayings } from "./limit-messages.ts";
import type { FieldProblem } from "./problem.ts";
import {
  notAllowed,
  notConst,
  notOneOf,
  equalItems,
  wrongFormat,
  wrongPattern,
  wrongType,
} from "./value-messages.ts";
import {
  nameOf,
  type Saying,
  typeName,
  type Violation,
  type ViolationMessage,
  whole,
} from "./violation.ts";

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
): { readonly hint?: Wording } {
  const written = field ?? (typeof value === "string" ? value : "");
  const odd = spelled.includes(code) ? oddCharacter(written) : undefined;
  if (odd) return { hint: withoutIt(odd) };
  return hint === undefined ? {} : { hint };
}

const unknownField: Saying = ({ error, schema }, field) => {
  const written = String(error.params.additionalProperty ?? error.params.unevaluatedProperty);
  const known = isSpec(schema?.properties) ? Object.keys(schema.properties) : [];
  const listed =
    known.length > 0 && known.length <= 12 ? say`Known here: ${{ list: known }}.` : undefined;
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
      message: say`${field} needs one of ${{ list: needed.map((one) => `\`${one}\``) }}.`,
    };
  const types = choices.map((one) =>
    typeof one.type === "string"
      ? typeName(one.type)
      : Array.isArray(one.enum)
        ? say`one of ${{ list: one.enum }}`
        : undefined,
  );
  const known = types.filter((one) => one !== undefined);
  return {
    code: "any-of",
    message:
      known.length > 0
        ? say`${field} must be ${{ either: known }}.`
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
  uniqueItems: equalItems,
  propertyNames: badName,
  anyOf: noChoice,
  oneOf: noChoice,
  ...limitSayings,
};
