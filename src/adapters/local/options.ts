import { isSpec, type Json, type Spec } from "../../model/values/json.ts";
import { say } from "../../model/text/say.ts";
import { AdapterUnusable } from "../factory.ts";

/** What `adapters.local` in partnerctl.yaml may hold. */
export interface LocalOptions {
  /** The folder the account is kept in, relative to the project's folder; `.partnerctl/account` unless given. */
  readonly account?: string;
  /** The user principal name of a new account's first global admin, who the tool runs as; `admin@contoso.partner.onmschina.cn` unless given. */
  readonly admin?: string;
  /** Makes new ids and chances the same on every machine; they are random unless given. */
  readonly seed?: string | number;
  /** What is to go wrong or slowly. */
  readonly rehearse?: Rehearsal;
}

/** The traits and mishaps of a real backend that the account can be set to rehearse; none unless given. */
export interface Rehearsal {
  /** Seconds until a write shows in readings. */
  readonly lag?: number;
  /** Seconds for which a new subscription is pending: it reads as active and cannot be upgraded yet. */
  readonly pending?: number;
  /** Seconds every request takes. */
  readonly latency?: number;
  /** Writes that are answered `unavailable` without having happened. */
  readonly failBefore?: Which;
  /** Writes that happen and are answered `unavailable`; `unknown-outcome` where they may not be repeated. */
  readonly failAfter?: Which;
  /** Writes that happen and whose reply is lost: `unknown-outcome`. */
  readonly lostReplies?: Which;
  /** Kinds (`CatalogCustomization`) and fields (`User/recovery`) the backend has no way to read or write. */
  readonly manual?: readonly string[];
}

/** Which writes are meant: those that match all of this. Writes are counted from the opening of the adapter, among those of the kind and verb. */
export interface Which {
  readonly kind?: string;
  readonly verb?: string;
  /** Only this one, counted from 1. */
  readonly nth?: number;
  /** Each so-manieth. */
  readonly every?: number;
  /** Each with this probability, from 0 to 1. */
  readonly chance?: number;
}

type Judge = (value: Json, at: string) => readonly string[];

const text: Judge = (value, at) => (typeof value === "string" && value !== "" ? [] : [say`${at} must be a text`]);
const textOrNumber: Judge = (value, at) => (typeof value === "number" ? [] : text(value, at));
const seconds: Judge = (value, at) => (typeof value === "number" && value >= 0 ? [] : [say`${at} must be a number of seconds, 0 or more`]);
const share: Judge = (value, at) =>
  typeof value === "number" && value >= 0 && value <= 1 ? [] : [say`${at} must be a number from 0 to 1`];
const count: Judge = (value, at) => (Number.isInteger(value) && Number(value) >= 1 ? [] : [say`${at} must be a whole number, 1 or more`]);
const texts: Judge = (value, at) =>
  Array.isArray(value) ? value.flatMap((item: Json, index) => text(item, `${at}/${index}`)) : [say`${at} must be a list of texts`];

function object(fields: Readonly<Record<string, Judge>>): Judge {
  return (value, at) => {
    if (!isSpec(value)) return [say`${at || say`the options`} must be an object`];
    return Object.entries(value).flatMap(([field, item]) => {
      const judge = Object.hasOwn(fields, field) ? fields[field] : undefined;
      return judge ? judge(item, `${at}/${field}`) : [say`${at}/${field} is unknown: expected ${Object.keys(fields).join(", ")}`];
    });
  };
}

const which = object({ kind: text, verb: text, nth: count, every: count, chance: share });
const anything: Judge = () => [];
const options = object({
  account: text,
  admin: text,
  seed: textOrNumber,
  secrets: anything,
  rehearse: object({
    lag: seconds,
    pending: seconds,
    latency: seconds,
    failBefore: which,
    failAfter: which,
    lostReplies: which,
    manual: texts,
  }),
});

/** The options as checked; throws AdapterUnusable (`adapter/options`) with all that is wrong with them. */
export function checkOptions(given: Spec): LocalOptions {
  const problems = options(given, "");
  if (problems.length > 0) throw new AdapterUnusable("adapter/options", say`adapters.local in partnerctl.yaml: ${problems.join("; ")}`);
  return given as LocalOptions;
}
