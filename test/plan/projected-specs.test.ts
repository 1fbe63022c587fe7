import { expect, test } from "vitest";
import { address } from "../../src/model/address.ts";
import type { Json } from "../../src/model/values/json.ts";
import { prospects } from "../../src/plan/projected-specs.ts";

const shop = address("Shop", "shop");

function projected(observed: Json, declared: Json): unknown {
  const pair = { observed: { spec: observed }, resource: { spec: declared } };
  return prospects(
    { desired: { resources: [] }, kinds: [] } as never,
    { pairs: new Map([[shop, pair]]) } as never,
  )(shop);
}

test("of an object that is declared in part, the observed fields stay beside the declared ones; lists are replaced", () => {
  const observed = {
    name: "a",
    place: { city: "Beijing", street: "1", more: { floor: 1, door: 2 } },
    tags: ["x", "y"],
  };
  expect(
    projected(observed, { place: { city: "Shanghai", more: { door: 3 } }, tags: ["z"] }),
  ).toEqual({
    name: "a",
    place: { city: "Shanghai", street: "1", more: { floor: 1, door: 3 } },
    tags: ["z"],
  });
});
