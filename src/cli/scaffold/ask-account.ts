import { adapterNames, loadOptionsSchemas } from "../../adapters/index.ts";
import { type Checked, diagnostic } from "../../model/diagnostic.ts";
import { type Phrase, say, type Wording } from "../../model/text/phrase.ts";
import { isSpec, type JsonSchema, type Spec } from "../../model/values/json.ts";
import type { Terminal } from "../output/terminal.ts";
import { asOptions, givenOptions } from "./given-options.ts";
import type { AccountOptions } from "./settings.ts";

/** What the command line says of an account. */
export interface GivenAccount {
  readonly adapter?: string;
  /** Options of the adapter: NAME=VALUE. */
  readonly set?: readonly string[];
}

interface Asking {
  readonly terminal: Pick<Terminal, "interactive" | "ask">;
  readonly signal: AbortSignal;
}

/**
 * The adapter and its options for an account: what is given, and on a terminal what a person
 * answers. Fails where the adapter, or an option that it must have, stays unknown.
 */
export async function askAccount(
  given: GivenAccount,
  asking: Asking,
): Promise<Checked<AccountOptions>> {
  const adapter = given.adapter ?? (await answer(asking, adapterQuestion(), "partner-center"));
  if (adapter === "") return incomplete(["--adapter"]);
  const schema = (await loadOptionsSchemas([adapter]))[adapter]?.schema;
  const read = givenOptions(given.set ?? [], schema);
  if (!read.ok) return read;
  const asked = await required(asOptions(read.value), schema, asking);
  const missing = requiredNames(schema).filter((name) => asked[name] === undefined);
  if (missing.length > 0) return incomplete(missing.map((name) => `--set ${name}=…`));
  const options = await withUser(asked, schema, asking);
  return { ok: true, value: { adapter, options }, diagnostics: [] };
}

function adapterQuestion(): Phrase {
  return say`Which adapter (${{ list: adapterNames }})? [partner-center] `;
}

/** Asks for texts that are missing. A missing object is as the schema's example has it. */
async function required(
  options: Spec,
  schema: JsonSchema | undefined,
  asking: Asking,
): Promise<Spec> {
  let found = options;
  for (const name of requiredNames(schema).filter((one) => options[one] === undefined)) {
    const { type, description, examples } = optionIn(schema, name);
    const [example] = Array.isArray(examples) ? examples : [];
    const value =
      type === "string"
        ? await answer(asking, `${name}: ${String(description)} `, "")
        : (example ?? "");
    if (value !== "") found = { ...found, [name]: value };
  }
  return found;
}

function requiredNames(schema: JsonSchema | undefined): readonly string[] {
  const complete = isSpec(schema?.$defs) ? schema.$defs.complete : undefined;
  const names = isSpec(complete) ? complete.required : undefined;
  return Array.isArray(names) ? names.map(String) : [];
}

function optionIn(schema: JsonSchema | undefined, name: string): Spec {
  const option = isSpec(schema?.properties) ? schema.properties[name] : undefined;
  return isSpec(option) ? option : {};
}

/**
 * Asks whether a user signs in too. Profiles are for a signed-in user alone, so without one they
 * are left out.
 */
async function withUser(
  options: Spec,
  schema: JsonSchema | undefined,
  asking: Asking,
): Promise<Spec> {
  const { signIn, secrets, capabilities } = options;
  const isKnown = signIn !== undefined || (isSpec(secrets) && secrets.refreshToken !== undefined);
  if (optionIn(schema, "signIn").enum === undefined) return options;
  const question = say`Does a user sign in too, as the partner's profiles need? (yes/no) [no] `;
  const asked = isKnown ? (signIn ?? "both") : await answer(asking, question, "no");
  if (asked === "yes") return { ...options, signIn: "both" };
  if (asked !== "no" && asked !== "app") return options;
  return { ...options, signIn: "app", capabilities: capabilities ?? { PartnerProfile: false } };
}

/** The line that a person enters, or the default. */
async function answer(
  { terminal, signal }: Asking,
  question: Wording,
  otherwise: string,
): Promise<string> {
  if (!terminal.interactive) return otherwise === "partner-center" ? "" : otherwise;
  const line = await terminal.ask(question, signal);
  return line.trim() || otherwise;
}

function incomplete(missing: readonly string[]): Checked<never> {
  const message = say`It is not known which account this project is for. Missing: ${{ list: missing }}.`;
  const hint = say`Give them, or answer the questions at a terminal. partnerctl explain partner-center lists the options.`;
  return {
    ok: false,
    diagnostics: [diagnostic({ severity: "error", code: "usage/incomplete", message, hint })],
  };
}
