import type { Schema } from "./route.ts";

/** The names that schemas know, by their lower case. */
export type FieldNames = ReadonlyMap<string, string>;

/** Every property name of these schemas. */
export function namesIn(schemas: readonly Schema[]): FieldNames {
  const names = new Map<string, string>();
  const visit = (schema: unknown): void => {
    if (typeof schema !== "object" || schema === null) return;
    for (const [key, value] of Object.entries(schema)) {
      if (key === "properties") for (const name of Object.keys(Object(value))) names.set(name.toLowerCase(), name);
      visit(value);
    }
  };
  schemas.forEach(visit);
  return names;
}

/** The same JSON with keys as the schemas spell them (others begin in lower case) and without nulls: the service reads names in any case, and null is absent. */
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
