import { type Rendered, type RenderOptions, render } from "../../manifest/write/render.ts";
import { type Address, nameOf } from "../../model/address.ts";
import { type Checked, compare, type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import { isSpec, type Json, type Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import type { Observed } from "../../model/observed.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import { valueAt, withValue } from "../../model/values/pointer.ts";
import { say } from "../../model/text/phrase.ts";
import { isDeviceName } from "../../model/text/windows-names.ts";
import { type Titles, titlesBeside, titlesOf } from "./titles.ts";
import { giveNames, type ExportNames, ownerOf } from "./export-names.ts";
import { observe } from "../plan/observe.ts";
import type { Project, View } from "../project/project.ts";
import { backendTrouble } from "../project/backend-diagnostic.ts";
import { compileContext } from "../project/validate.ts";
import { kebabCase } from "../../model/values/kebab-case.ts";

/** How files are written. */
export interface ExportOptions {
  /** The folder of the kinds' schemas, seen from the file of a path, for a line for editors. */
  readonly schemas?: (path: string) => string;
}

/**
 * Exports the live account as manifest files, by path. Planning them yields no changes, and the
 * same account yields the same bytes. Comments beside ids say what they stand for. Objects that
 * cannot be changed here are left out with a warning.
 */
export async function exportAccount(
  project: Project,
  view: View,
  { schemas }: ExportOptions = {},
): Promise<Checked<ReadonlyMap<string, string>>> {
  try {
    const { observed, catalogue } = await observe(project.kinds, view, {
      parallelism: project.settings.parallelism,
    });
    const state = await view.state();
    const names = giveNames(project.kinds, observed, state);
    const left = observed.filter((one) =>
      project.kinds.some(({ name, unchangeable }) => name === one.kind && unchangeable?.(one.spec)),
    );
    const written = files(
      observed.filter((one) => !left.includes(one)),
      {
        ...{ kinds: project.kinds, names, aliases: aliasesOf(project), kept: state.protected },
        ...{ titles: titlesOf(project.kinds, [...observed, ...catalogue]), schemas },
      },
    );
    return { ok: true, value: written, diagnostics: left.length === 0 ? [] : [leftOut(left)] };
  } catch (error) {
    return {
      ok: false,
      diagnostics: [
        backendTrouble(error, say`The account could not be read, so nothing was exported`),
      ],
    };
  }
}

/** The number of left-out objects to list by id. */
const named = 10;

function leftOut(left: readonly Observed[]): Diagnostic {
  const list = left.slice(0, named).map(({ kind, id }) => `${kind} ${id}`);
  if (left.length > named) list.push("…");
  const message = say`${left.length} objects are left out, because they can be changed elsewhere alone (new commerce): ${{ list }}.`;
  return diagnostic({ severity: "warning", code: "export/left-out", message });
}

/** The names that manifests use. */
interface Words {
  readonly kinds: readonly Kind[];
  readonly names: ExportNames;
  /** The settings' names for objects of undeclared kinds, by kind and upper-case id. */
  readonly aliases: ReadonlyMap<string, string>;
  /**
   * Objects that the ledger protects. Their manifests must say so, or the next plan would end the
   * protection.
   */
  readonly kept: LedgerState["protected"];
  readonly titles: Titles;
  readonly schemas: ExportOptions["schemas"];
}

/** If an object has several aliases, the alphabetically first one is used. */
function aliasesOf(project: Project): ReadonlyMap<string, string> {
  const all = Object.entries(compileContext(project).names).flatMap(([kind, names]) =>
    Object.entries(names).map(([alias, id]) => [`${kind}/${id.toUpperCase()}`, alias] as const),
  );
  return new Map(all.sort(([, left], [, right]) => compare(right, left)));
}

/**
 * Writes one file per kind. An object of a parent kind (a customer) has its own file, with its
 * children in it.
 */
function files(observed: readonly Observed[], words: Words): ReadonlyMap<string, string> {
  const contents = new Map<string, Rendered[]>();
  for (const kind of words.kinds) {
    const addressOf = ({ id }: Observed) => words.names(kind.name, id) ?? "";
    const own = observed
      .filter((one) => one.kind === kind.name)
      .sort((left, right) => compare(addressOf(left), addressOf(right)));
    for (const one of own) {
      const path = `${pathOf(one, kind, words)}.yaml`;
      const documents = contents.get(path) ?? [];
      contents.set(path, documents);
      documents.push({
        ...{ document: asManifest(one, kind, words), kind },
        beside: titlesBeside(one, kind, words),
      });
    }
  }
  return new Map(
    [...contents]
      .sort(([left], [right]) => compare(left, right))
      .map(([path, documents]) => [path, render(documents, editorLines(path, words))]),
  );
}

function editorLines(path: string, { schemas }: Words): RenderOptions {
  if (schemas === undefined) return {};
  return { schema: ({ name }) => `${schemas(path)}/${kebabCase(name)}.schema.json` };
}

function pathOf({ id, parentId }: Observed, kind: Kind, { kinds, names }: Words): string {
  const owner = parentId === undefined ? kind.name : ownerOf(kind);
  const isOwner = owner !== undefined && kinds.some((one) => ownerOf(one) === owner);
  const folder = kebabCase(owner ?? kind.name) + (kind.singleton ? "" : "s");
  return isOwner
    ? `${folder}/${fileName(nameIn(names, owner, parentId ?? id).toLowerCase())}`
    : folder;
}

/** Names of objects never begin with `_`. */
function fileName(name: string): string {
  return isDeviceName(name) ? `_${name}` : name;
}

function nameIn(names: ExportNames, kind: string, id: string): string {
  const address = names(kind, id);
  return address === undefined ? id : nameOf(address);
}

function asManifest({ id, spec: observed }: Observed, kind: Kind, words: Words): Spec {
  const inWords = kind.references.reduce(
    (sum, { pointer, kind: target }) =>
      withValue(sum, pointer, called(valueAt(sum, pointer), target, words)),
    kind.normalize(observed) as Spec,
  );
  const named: Spec = kind.singleton ? {} : { name: nameIn(words.names, kind.name, id), id };
  const address = kind.singleton ? (kind.name as Address) : words.names(kind.name, id);
  const metadata: Spec =
    address !== undefined && words.kept[address] ? { ...named, protect: true } : named;
  const more: Spec = Object.keys(metadata).length > 0 ? { metadata } : {};
  return { apiVersion: "partnercenter/v1", kind: kind.name, ...more, spec: withoutEmpty(inWords) };
}

/**
 * Replaces an id, or each id of a list, by its name. Ids of declared kinds that are not in the
 * account are dropped.
 */
function called(id: Json | undefined, target: string, words: Words): Json | undefined {
  if (Array.isArray(id)) return id.flatMap((one: Json) => called(one, target, words) ?? []);
  if (typeof id !== "string") return id;
  if (!words.kinds.some((kind) => kind.declared && kind.name === target))
    return words.aliases.get(`${target}/${id.toUpperCase()}`) ?? id;
  const address = words.names(target, id);
  return address && nameOf(address);
}

/** Drops objects without fields. */
function withoutEmpty(spec: Spec): Spec {
  const fields = Object.entries(spec).map(
    ([field, value]) => [field, isSpec(value) ? withoutEmpty(value) : value] as const,
  );
  return Object.fromEntries(
    fields.filter(([, value]) => !isSpec(value) || Object.keys(value).length > 0),
  );
}
