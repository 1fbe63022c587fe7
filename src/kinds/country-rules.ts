import type { Code } from "../model/codes.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Spec } from "../model/values/json.ts";
import { below, type Pointer, valueAt } from "../model/values/pointer.ts";
import type { Resource } from "../model/resource.ts";
import { say } from "../model/text/phrase.ts";
import { capitals, respellField } from "./spelling.ts";
import { record } from "../model/text/recorded.ts";

/** The states and cultures that the service is known to accept in a country. */
interface CountryRules {
  readonly states: readonly string[];
  readonly cultures: readonly string[];
}

/**
 * By country. The service checks the state of a Chinese address against the official list. This
 * list is ISO 3166-2:CN, mainland only, so a state that is not in it causes only a warning.
 */
const countryRules: Readonly<Record<string, CountryRules>> = {
  CN: {
    states: [
      "AH",
      "BJ",
      "CQ",
      "FJ",
      "GD",
      "GS",
      "GX",
      "GZ",
      "HA",
      "HB",
      "HE",
      "HI",
      "HL",
      "HN",
      "JL",
      "JS",
      "JX",
      "LN",
      "NM",
      "NX",
      "QH",
      "SC",
      "SD",
      "SH",
      "SN",
      "SX",
      "TJ",
      "XJ",
      "XZ",
      "YN",
      "ZJ",
    ],
    cultures: ["zh-CN", "en-US"],
  },
};

/** The address fields that the service requires of a new customer. */
export const addressNeeds: readonly string[] = [
  "country",
  "state",
  "city",
  "addressLine1",
  "postalCode",
];

/**
 * Warns about a state or a culture that is not in the country's list. Countries without a list are
 * not checked.
 */
export function judgeAddress(
  resource: Resource,
  address: Pointer,
  culture?: Pointer,
): readonly Diagnostic[] {
  const spec = resource.spec as Spec;
  const rules = countryRules[String(valueAt(spec, below(address, "country")))];
  if (rules === undefined) return [];
  const state = below(address, "state");
  return [
    ...unlisted(resource, state, {
      code: "address/state",
      list: rules.states,
      what: say`two-letter province code`,
    }),
    ...(culture === undefined
      ? []
      : unlisted(resource, culture, {
          code: "address/culture",
          list: rules.cultures,
          what: say`culture of that country`,
        })),
  ];
}

interface Listing {
  readonly code: Code;
  readonly list: readonly string[];
  readonly what: string;
}

function unlisted(
  { spec, address, locate }: Resource,
  pointer: Pointer,
  { code, list, what }: Listing,
): readonly Diagnostic[] {
  const value = valueAt(spec as Spec, pointer);
  if (typeof value !== "string" || list.includes(value)) return [];
  const message = say`${value === "" ? "nothing" : value} is not a ${what} known here; the service may refuse it.`;
  return [
    record({
      severity: "warning",
      code,
      message,
      at: locate(`/spec${pointer}`),
      address,
      hint: say`Known are ${{ list: list }}.`,
    }),
  ];
}

/** Writes the country and state codes of an address in upper case. */
export function spelledAddress<S extends Spec>(spec: Partial<S>, address: Pointer): Partial<S> {
  return respellField(
    respellField(spec, below(address, "country"), capitals),
    below(address, "state"),
    capitals,
  );
}
