import { Ajv2020 } from "ajv/dist/2020.js";
import type { JsonSchema, Spec } from "../../src/model/values/json.ts";
import type { Kind } from "../../src/model/kind.ts";
import { madeUpCode } from "../made-up-code.ts";

const ajv = new Ajv2020({ allErrors: true, strict: false });

function documentSchema(name: string, spec: JsonSchema): JsonSchema {
  const metadata = {
    type: "object",
    additionalProperties: false,
    required: name === "House" ? [] : ["name"],
    properties: {
      name: { type: "string", pattern: "^[a-z0-9-]+$", examples: ["rex"] },
      id: { type: "string" },
      previously: { type: "array", uniqueItems: true, items: { type: "string" } },
      protect: { type: "boolean" },
      allowDuplicate: { type: "boolean" },
    },
  };
  const properties = {
    apiVersion: { const: "toy/v1" },
    kind: { const: name },
    metadata,
    state: { enum: ["present", "absent"] },
    reason: { type: "string" },
    spec,
  };
  return {
    type: "object",
    additionalProperties: false,
    required: ["apiVersion", "kind", ...(name === "House" ? [] : ["metadata"])],
    properties,
  };
}

function toy(name: string, spec: JsonSchema, more: Partial<Kind> = {}): Kind {
  const schema = documentSchema(name, spec);
  return {
    name,
    schema,
    validate: ajv.compile(schema),
    singleton: false,
    declared: true,
    verbs: ["create", "update", "remove"],
    references: [],
    fixed: [],
    personal: [],
    exclusive: "allowed",
    key: (own, called) => String(own.label ?? called),
    complete: (own) => own,
    normalize: (own) => own,
    gone: () => false,
    rules: () => [],
    checks: () => [],
    impact: () => ({ reversible: "yes" }),
    ...more,
  };
}

const open = { type: "object" } satisfies JsonSchema;

/**
 * A singleton whose spec may be anything, an owner, pets that live with an owner and may follow one
 * another, and a food that is only observed.
 */
export const toyKinds: readonly Kind[] = [
  toy("House", open, { singleton: true }),
  toy("Owner", open),
  toy(
    "Pet",
    {
      type: "object",
      additionalProperties: false,
      required: ["owner"],
      properties: {
        owner: { type: "string" },
        label: { type: "string" },
        food: { type: "string" },
        follows: { type: "string" },
        friends: { type: "array", items: { type: "string" } },
        age: { type: "integer", minimum: 0 },
        colours: { type: "array", items: { type: "string" }, maxItems: 3 },
        chip: {
          type: "object",
          properties: { vendor: { type: "string" }, number: { type: "string" } },
          additionalProperties: false,
        },
      },
    },
    {
      parent: "/owner",
      references: [
        { pointer: "/owner", kind: "Owner" },
        { pointer: "/food", kind: "Food" },
        { pointer: "/follows", kind: "Pet", scope: "parent" },
        { pointer: "/friends", kind: "Pet", scope: "parent" },
      ],
      normalize: (own: Spec) =>
        Array.isArray(own.colours) ? { ...own, colours: [...own.colours].sort() } : own,
      rules: (own) =>
        own
          .filter(({ spec }) => spec.age === 99)
          .map((one) => ({
            severity: "error",
            code: madeUpCode("pet/too-old"),
            message: "No pet is 99 years old.",
            at: one.locate("/spec/age"),
            address: one.address,
          })),
    },
  ),
  toy("Food", open, { declared: false }),
];

/** A source of text. */
export function source(path: string, text: string | Uint8Array, overlay = false) {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return { path, bytes, ...(overlay && { overlay }) };
}
