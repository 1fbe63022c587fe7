import { refuse } from "./refusal.ts";
import type { PostalAddress } from "./state.ts";

/**
 * The validation rules of China, as the service returns them. It has no rules for phone numbers
 * there.
 */
export const china = {
  iso2Code: "CN",
  defaultCulture: "zh-CN",
  isStateRequired: true,
  supportedStatesList: [
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
  supportedLanguagesList: ["zh-CHS", "en"],
  supportedCulturesList: ["zh-CN", "en-US"],
  isPostalCodeRequired: true,
  postalCodeRegex: "^[0-9]{6,6}$",
  isCityRequired: true,
  isVatIdSupported: false,
  isTaxIdSupported: false,
  isTaxIdOptional: false,
  countryCallingCodesList: ["86"],
} as const;

const postalCode = new RegExp(china.postalCodeRegex);

/**
 * Refuses (400/2007) an address that breaks the country's rules. The description is JSON text, as
 * the service sends it.
 */
export function expectAddress(address: PostalAddress): void {
  const reason = wrongIn(address);
  if (reason === undefined) return;
  const corrected = {
    country: address.country,
    region: address.state,
    city: address.city,
    address_line1: address.addressLine1,
    postal_code: address.postalCode,
  };
  refuse(
    400,
    2007,
    JSON.stringify({
      code: "60071",
      reason,
      corrected_address: corrected,
      object_type: "AddressValidation",
      resource_status: "Active",
    }),
  );
}

/**
 * Returns the culture in the service's spelling. Refuses with 400/800002 if it is not supported.
 */
export function cultureOf(culture: string): string {
  const known = china.supportedCulturesList.find(
    (one) => one.toLowerCase() === culture.toLowerCase(),
  );
  return known ?? refuse(400, 800002, `Culture ${culture} is not supported`);
}

/**
 * Refuses (400/800002) a language that is not supported. A two-letter code such as zh is accepted
 * for zh-CHS.
 */
export function expectLanguage(language: string): void {
  const known = china.supportedLanguagesList.some((one) =>
    [one.toLowerCase(), one.slice(0, 2)].includes(language.toLowerCase()),
  );
  if (!known) refuse(400, 800002, `Language ${language} is not supported`);
}

function wrongIn(address: PostalAddress): string | undefined {
  if (address.country.toUpperCase() !== china.iso2Code) return "CountryInvalid";
  if (!address.addressLine1?.trim()) return "AddressLineMissing";
  if (!address.city?.trim()) return "CityMissing";
  if (!postalCode.test(address.postalCode ?? "")) return "PostalCodeInvalid";
  const known = china.supportedStatesList.some((state) => state === address.state?.toUpperCase());
  return known ? undefined : "StateInvalid";
}
