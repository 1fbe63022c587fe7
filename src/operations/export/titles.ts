import type { Comments } from "../../manifest/write/render.ts";
import type { Kind } from "../../model/kind.ts";
import type { Observed } from "../../model/observed.ts";
import type { Json, Spec } from "../../model/values/json.ts";
import { type Pointer, valueAt } from "../../model/values/pointer.ts";

/** What objects are called, by kind and upper-case id. */
export type Titles = ReadonlyMap<string, string>;

/** The titles of objects whose kinds have one. */
export function titlesOf(kinds: readonly Kind[], objects: readonly Observed[]): Titles {
  const fields = new Map(kinds.map(({ name, title }) => [name, title]));
  return new Map(
    objects.flatMap(({ kind, id, spec }) => {
      const field = fields.get(kind);
      const title = field === undefined ? undefined : valueAt(spec, field);
      return typeof title === "string" ? [[`${kind}/${id.toUpperCase()}`, title] as const] : [];
    }),
  );
}

interface InAccount {
  readonly kinds: readonly Kind[];
  readonly titles: Titles;
}

/** Comments with titles: beside the object's id, and those of the catalogue that it refers to. */
export function titlesBeside(
  { id, spec }: Observed,
  kind: Kind,
  { kinds, titles }: InAccount,
): Comments {
  const found = new Map<Pointer, string>();
  const put = (pointer: Pointer, target: string, one: Json | undefined): void => {
    const title = titles.get(`${target}/${String(one).toUpperCase()}`);
    if (title !== undefined) found.set(pointer, title);
  };
  const declared = new Set(kinds.filter((one) => one.declared).map(({ name }) => name));
  const own = kind.normalize(spec) as Spec;
  if (!kind.singleton) put("/metadata/id", kind.name, id);
  for (const { pointer, kind: target } of kind.references) {
    if (declared.has(target)) continue;
    const value = valueAt(own, pointer);
    if (Array.isArray(value))
      for (const [index, one] of value.entries()) put(`/spec${pointer}/${index}`, target, one);
    else put(`/spec${pointer}`, target, value);
  }
  return found;
}
