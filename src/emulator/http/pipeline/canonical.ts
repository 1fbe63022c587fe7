import type { Schema } from "./route.ts";

/** Property names by their lower-case form. */
export type FieldNames = ReadonlyMap<string, string>;

/** All property names in these schemas. */
export function namesIn(schemas: readonly Schema[]): FieldNames {
  const names = new Map<string, string>();
  const visit = (schema: unknown): void => {
    if (typeof schema !== "object" || schema === null) return;
    for (const [key, value] of Object.entries(schema)) {
      if (key === "properties")
        for (const name of Object.keys(Object(value))) names.set(name.toLowerCase(), name);
      visit(value);
    }
  };
  schemas.forEach(visit);
  return names;
}

/**
 * Returns the JSON with keys as the schemas spell them and without nulls in objects. Unknown keys
 * begin in lower case. The service reads keys in any case and treats null as absent.
 */
export function canonical(value: unknown, names: FieldNames): unknown {
  if (Array.isArray(value)) return value.map((item) => canonical(item, names));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(
    entries.map(([key, item]) => [
      names.get(key.toLowerCase()) ?? `${key.slice(0, 1).toLowerCase()}${key.slice(1)}`,
      canonical(item, names),
    ]),
  );
}
