import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Adapter, OptionsSchema } from "../model/adapter.ts";
import type { Spec } from "../model/values/json.ts";
import { say, type Wording } from "../model/text/phrase.ts";
import { didYouMean } from "../model/text/similar.ts";
import {
  type AdapterContext,
  type AdapterFactory,
  AdapterUnusable,
  type Login,
} from "./factory.ts";
import { findPackage } from "./find-package.ts";
import { withOptionsChecked } from "./module-options.ts";
import { wordingOf } from "../model/text/worded-error.ts";

/** A built-in backend, loaded on demand. */
interface BuiltInAdapter {
  readonly factory: () => Promise<AdapterFactory>;
  readonly options: () => Promise<OptionsSchema>;
  readonly login?: () => Promise<Login>;
}

const builtIn: Readonly<Record<string, BuiltInAdapter>> = {
  local: {
    factory: async () => (await import("./local/local.ts")).local,
    options: async () => (await import("./local/options.ts")).localOptions,
  },
  "partner-center": {
    factory: async () => (await import("./partner-center/partner-center.ts")).partnerCenter,
    options: async () => (await import("./partner-center/options.ts")).partnerCenterOptions,
    login: async () => (await import("./partner-center/sign-in/login.ts")).login,
  },
};

/** The names of the built-in backends. */
export const adapterNames = Object.keys(builtIn);

/** Loads how a person signs in to a built-in backend; undefined if nobody does. */
export async function loadLogin(name: string): Promise<Login | undefined> {
  return Object.hasOwn(builtIn, name) ? builtIn[name]?.login?.() : undefined;
}

/** Loads the options schemas of the named backends, by name. Skips names that are not built in. */
export async function loadOptionsSchemas(
  names: readonly string[] = adapterNames,
): Promise<Readonly<Record<string, OptionsSchema>>> {
  const known = Object.entries(builtIn).filter(([name]) => names.includes(name));
  return Object.fromEntries(
    await Promise.all(known.map(async ([name, { options }]) => [name, await options()] as const)),
  );
}

/**
 * Opens a backend by its name in the settings: a built-in one, the path of a module relative to the
 * project folder (`./adapter.mjs`), or an installed package. Throws AdapterUnusable:
 * `adapter/not-found`, `adapter/broken`, `adapter/no-export`, `adapter/shape` or `adapter/options`.
 */
export async function openAdapter(
  name: string,
  options: Spec,
  context: string | AdapterContext,
): Promise<Adapter> {
  const within = typeof context === "string" ? { root: context } : context;
  const known = Object.hasOwn(builtIn, name) ? builtIn[name] : undefined;
  const factory = known ? await known.factory() : await load(name, within.base ?? within.root);
  return shaped(await factory(options, within), name);
}

async function load(name: string, root: string): Promise<AdapterFactory> {
  const module = await importFrom(name, root);
  if (typeof module.adapter === "function") {
    const factory = module.adapter as AdapterFactory;
    return module.schema === undefined ? factory : withOptionsChecked(name, factory, module.schema);
  }
  const names = Object.keys(module);
  const found = names.length > 0 ? { list: names } : say`nothing`;
  throw new AdapterUnusable(
    "adapter/no-export",
    say`${name} exports no function named adapter, but ${found}.`,
    say`Expected: \`export function adapter(options, context) { return { … }; }\`.`,
  );
}

async function importFrom(name: string, root: string): Promise<Readonly<Record<string, unknown>>> {
  const file = /^\.{0,2}\//.test(name) ? resolve(root, name) : findPackage(name, root);
  if (file === undefined || !existsSync(file)) throw notFound(name, root);
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    throw new AdapterUnusable(
      "adapter/broken",
      say`${name} cannot be loaded: ${wordingOf(error)}.`,
    );
  }
}

function notFound(name: string, root: string): AdapterUnusable {
  const hint = say`Expected ${{ list: adapterNames }}, a path that starts with ./, or the name of an installed package.`;
  return new AdapterUnusable(
    "adapter/not-found",
    say`There is no adapter ${name}, seen from ${root}.`,
    didYouMean(name, adapterNames, hint) ?? hint,
  );
}

/**
 * Checks the shape of an adapter, because a module may be written without types. Throws
 * AdapterUnusable (`adapter/shape`), listing every problem.
 */
function shaped(adapter: unknown, name: string): Adapter {
  const value: Readonly<Record<string, unknown>> =
    typeof adapter === "object" && adapter !== null ? Object(adapter) : {};
  const problems = [
    ...(typeof value.name === "string" ? [] : [say`name must be a text`]),
    ...["account", "read", "write"].flatMap((field) =>
      typeof value[field] === "function" ? [] : [say`${field} must be a function`],
    ),
    ...(value.close === undefined || typeof value.close === "function"
      ? []
      : [say`close must be a function`]),
    ...supportProblems(value.supports),
  ];
  if (problems.length === 0) return adapter as Adapter;
  throw new AdapterUnusable(
    "adapter/shape",
    say`${name} does not return an adapter: ${{ sentences: problems }}.`,
  );
}

function supportProblems(supports: unknown): readonly Wording[] {
  if (typeof supports !== "object" || supports === null)
    return [say`supports must be an object by kind`];
  return Object.entries(supports).flatMap(([kind, support]) =>
    ["verbs", "readable", "writable", "repeatable"].flatMap((field) =>
      Array.isArray((support as Readonly<Record<string, unknown>> | null)?.[field])
        ? []
        : [say`supports.${kind}.${field} must be a list`],
    ),
  );
}
