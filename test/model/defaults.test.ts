import { expect, test } from "vitest";
import { withDefaults } from "../../src/model/values/defaults.ts";
import type { Json, JsonSchema } from "../../src/model/values/json.ts";

const schema: JsonSchema = {
  properties: {
    cloud: { default: "china" },
    country: { "x-default-by": { cloud: { china: "CN", global: "US" } } },
    tenant: {},
    retry: { default: {}, properties: { attempts: { default: 4 } } },
    limits: { properties: { seats: { default: 1 } } },
    hosts: { items: { $ref: "#/$defs/host" } },
    empty: { default: [] },
  },
  $defs: { host: { properties: { port: { default: 443 } } } },
};
const filled = { cloud: "china", country: "CN", retry: { attempts: 4 }, empty: [] };

test.each<readonly [string, Json, Json]>([
  ["what is left out has its default, and what has none stays out", {}, filled],
  [
    "what is written stays",
    { cloud: "global", retry: { attempts: 1 } },
    { ...filled, cloud: "global", country: "US", retry: { attempts: 1 } },
  ],
  [
    "false, zero and an empty text are written",
    { tenant: "", retry: { attempts: 0 } },
    { ...filled, tenant: "", retry: { attempts: 0 } },
  ],
  [
    "a mapping without a default is filled in where it is written",
    { limits: {} },
    { ...filled, limits: { seats: 1 } },
  ],
  [
    "each item of a list is filled in",
    { hosts: [{ port: 80 }, {}] },
    { ...filled, hosts: [{ port: 80 }, { port: 443 }] },
  ],
  ["what the schema does not know stays", { other: 1 }, { ...filled, other: 1 }],
  [
    "another field's value without a default of its own gives none",
    { cloud: "mars" },
    { cloud: "mars", retry: { attempts: 4 }, empty: [] },
  ],
])("%s", (_, value, expected) => {
  expect(withDefaults(value, schema)).toEqual(expected);
});
