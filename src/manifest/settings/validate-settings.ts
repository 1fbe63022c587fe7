import type { OptionsSchema } from "../../model/adapter.ts";
import { byPlace, type Checked, type Diagnostic } from "../../model/diagnostic.ts";
import type { Settings } from "../../model/generated/settings.ts";
import type { WrittenSettings } from "../../model/generated/written-settings.ts";
import { say } from "../../model/text/phrase.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { type Digest, digest } from "../../model/values/digest.ts";
import { isSpec, type Json, type Spec } from "../../model/values/json.ts";
import { below } from "../../model/values/pointer.ts";
import type { ParsedFile } from "../read/parse.ts";
import { placeProblem } from "../resolve/entry.ts";
import type { Written } from "../resolve/layers.ts";
import { mergePatch } from "../resolve/merge-patch.ts";
import { nulls } from "../schema/nulls.ts";
import type { FieldProblem } from "../schema/problem.ts";
import { schemaComplaints } from "../schema/schema-problems.ts";
import { chooseEnvironment, environmentLayer, ownSettings } from "./choose-environment.ts";
import { settings as validate } from "./generated/settings-validator.js";
import { resolveSettings } from "./resolve-settings.ts";
import { settingsSchema as schema } from "./settings-schema.ts";
import { isAboutValue, secrets } from "./settings-secrets.ts";
import { optionsProblems } from "./validate-options.ts";

/**
 * The option schemas by adapter name, the chosen environment, and the variables that hold secrets.
 */
export interface SettingsOptions {
  readonly adapters: Readonly<Record<string, OptionsSchema>>;
  readonly environment?: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** No secret will be used: unset variables are allowed, and their fields are empty. */
  readonly secretless?: boolean;
}

type Schemas = SettingsOptions["adapters"];

/**
 * Settings of an environment with secrets, without `environments`. The digest does not depend on
 * secret values.
 */
export interface ReadSettings {
  readonly settings: Settings;
  readonly digest: Digest;
}

/** Applies the environment's patch, validates the settings and substitutes secrets. */
export function judgeSettings(file: ParsedFile, options: SettingsOptions): Checked<ReadSettings> {
  if (file.diagnostics.length > 0)
    return { ok: false, diagnostics: [...file.diagnostics].sort(byPlace) };
  const [document, ...others] = file.documents;
  if (!document || others.length > 0 || !isSpec(document.value))
    return refused(file, others.length > 0 ? 1 : 0, oneDocument);
  const chosen = chooseEnvironment(document.value, file, options.environment);
  if (!("layers" in chosen))
    return { ok: false, diagnostics: [placeProblem(ownSettings(file, document.value), chosen)] };
  const { environments: _patches, ...own } = document.value;
  const early = [
    ...[...nulls(own), ...misplaced(document.value)].map((one) =>
      placeProblem(ownSettings(file, document.value), one),
    ),
    ...(options.environment === undefined
      ? environmentProblems(file, document.value, options.adapters)
      : []),
  ];
  return early.some(({ code }) => code === "syntax/null")
    ? { ok: false, diagnostics: early.sort(byPlace) }
    : settle(chosen, options, early);
}

/** Misplaced secrets and variables in all environments' patches, chosen or not. */
function misplaced({ environments }: Spec): readonly FieldProblem[] {
  if (!isSpec(environments)) return [];
  return Object.entries(environments).flatMap(([name, patch]) =>
    secrets(patch, schema, {})
      .complaints.filter((one) => !isAboutValue(one))
      .map((one) => ({ ...one, pointer: `${below("/environments", name)}${one.pointer}` })),
  );
}

/** Problems that occur only in an environment, located in its patch. */
function environmentProblems(
  file: ParsedFile,
  { environments, ...own }: Spec,
  adapters: Schemas,
): readonly Diagnostic[] {
  if (!isSpec(environments)) return [];
  const text = ({ code, pointer, message }: FieldProblem) => [code, pointer, message].join();
  const known = new Set(problemsOf(own, adapters).map(text));
  return Object.entries(environments).flatMap(([name, patch]) => {
    const value = mergePatch(own, patch);
    const patched: Written = {
      value,
      layers: [environmentLayer(file, name, patch)],
      sound: true,
      checked: false,
    };
    const problems = problemsOf(value, adapters).filter((one) => !known.has(text(one)));
    return problems.map((one) => placeProblem(patched, one));
  });
}

const oneDocument: FieldProblem = {
  code: "settings/document",
  pointer: "",
  part: "value",
  message: say`A settings file must be one mapping.`,
  hint: say`Start it with \`apiVersion: partnercenter/v1\` and \`kind: Settings\`.`,
};

function refused(
  file: ParsedFile,
  index: number,
  complaint: FieldProblem,
): { readonly ok: false; readonly diagnostics: readonly Diagnostic[] } {
  const layer = { file, index, value: null };
  return {
    ok: false,
    diagnostics: [
      placeProblem({ value: null, layers: [layer], sound: true, checked: false }, complaint),
    ],
  };
}

function settle(
  written: Written,
  { adapters, variables, secretless = false }: SettingsOptions,
  early: readonly Diagnostic[],
): Checked<ReadSettings> {
  const { value, complaints: all } = secrets(written.value, schema, variables);
  const complaints = secretless ? all.filter((one) => !isAboutValue(one)) : all;
  const own = [...problemsOf(written.value, adapters), ...complaints].map((one) =>
    placeProblem(written, one),
  );
  const diagnostics = [...early, ...own].sort(byPlace);
  if (diagnostics.length > 0) return { ok: false, diagnostics: unique(diagnostics) };
  return {
    ok: true,
    value: {
      settings: resolveSettings(value as object as WrittenSettings),
      digest: digest(written.value),
    },
    diagnostics: [],
  };
}

/** Validates settings; secret values are not checked. */
function problemsOf(value: Json, adapters: Schemas): readonly FieldProblem[] {
  const left = nulls(value);
  if (left.length > 0) return left;
  const problems = validate(value) ? [] : schemaComplaints(validate.errors ?? [], schema, value);
  return [...problems, ...optionsProblems(value, adapters), ...timeZone(value)];
}

/** A schema cannot list time zones: the runtime's own data defines them. */
function timeZone(settings: Json): readonly FieldProblem[] {
  const name = isSpec(settings) ? settings.timeZone : undefined;
  if (typeof name !== "string") return [];
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return [];
  } catch {
    const message = say`There is no time zone \`${name}\`.`;
    const hint = didYouMean(
      name,
      Intl.supportedValuesOf("timeZone"),
      say`Write an IANA name, such as Asia/Shanghai.`,
    );
    return [
      {
        code: "settings/time-zone",
        pointer: "/timeZone",
        part: "value",
        message,
        ...(hint !== undefined && { hint }),
      },
    ];
  }
}

/** Keeps the first diagnostic at each line and column. */
function unique(sorted: readonly Diagnostic[]): readonly Diagnostic[] {
  const places = new Set<string>();
  return sorted.filter(({ at }) => {
    const place = `${at?.line}:${at?.column}`;
    return !places.has(place) && places.add(place);
  });
}
