import type { Code } from "../model/codes.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Spec } from "../model/values/json.ts";
import { below, type Pointer, valueAt } from "../model/values/pointer.ts";
import type { Resource } from "../model/resource.ts";
import { say } from "../model/text/say.ts";
import { capitals, respellField } from "./spelling.ts";

/** What the service checks of an address in a country, and the cultures it supports there. */
interface CountryRules {
  readonly states: readonly string[];
  readonly cultures: readonly string[];
}

/** By country. The service checks a Chinese address's state against the official list; this is ISO 3166-2:CN, mainland, so what is not in it is only warned of. */
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

/** What an address needs before the service accepts a new one. */
export const addressNeeds: readonly string[] = ["country", "state", "city", "addressLine1", "postalCode"];

/** Warns of a state or a culture that the country is not known to have. */
export function judgeAddress(resource: Resource, address: Pointer, culture?: Pointer): readonly Diagnostic[] {
  const spec = resource.spec as Spec;
  const rules = countryRules[String(valueAt(spec, below(address, "country")))];
  if (rules === undefined) return [];
  const state = below(address, "state");
  return [
    ...unlisted(resource, state, { code: "address/state", list: rules.states, what: say`two-letter province code` }),
    ...(culture === undefined
      ? []
      : unlisted(resource, culture, { code: "address/culture", list: rules.cultures, what: say`culture of that country` })),
  ];
}

interface Listing {
  readonly code: Code;
  readonly list: readonly string[];
  readonly what: string;
}

function unlisted({ spec, address, locate }: Resource, pointer: Pointer, { code, list, what }: Listing): readonly Diagnostic[] {
  const value = valueAt(spec as Spec, pointer);
  if (typeof value !== "string" || list.includes(value)) return [];
  const message = say`${value === "" ? "nothing" : value} is not a ${what} known here; the service may refuse it`;
  return [{ severity: "warning", code, message, at: locate(`/spec${pointer}`), address, hint: say`known are ${list.join(", ")}` }];
}

/** Country and state codes in capitals. */
export function spelledAddress<S extends Spec>(spec: Partial<S>, address: Pointer): Partial<S> {
  return respellField(respellField(spec, below(address, "country"), capitals), below(address, "state"), capitals);
}
