import { expect, onTestFinished, test } from "vitest";
import type { Desired } from "../../src/model/resource.ts";
import type { CompiledSet, ParseCache } from "../../src/model/source.ts";
import { planChanges } from "../../src/operations/plan/plan.ts";
import type { Project } from "../../src/operations/project/project.ts";
import { validate } from "../../src/operations/project/validate.ts";
import { why } from "../../src/operations/why.ts";
import { setUpProject } from "./project-harness.ts";

/** A cache of sets of any size, which tells how often it knew one. */
function memory() {
  const sets = new Map<string, string>();
  const known: string[] = [];
  const get = (key: string): CompiledSet | undefined => {
    const found = sets.get(key);
    if (found !== undefined) known.push(key);
    return found === undefined ? undefined : JSON.parse(found);
  };
  const compiled = {
    get,
    set: (key: string, set: CompiledSet) => void sets.set(key, JSON.stringify(set)),
  };
  const cache: ParseCache = { get: () => undefined, set() {}, compiled };
  return { cache, known };
}

async function shopFor() {
  const shop = await setUpProject();
  onTestFinished(() => shop.end());
  return shop;
}

function demand<T>(
  checked:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly diagnostics: unknown },
): T {
  if (!checked.ok) throw new Error(JSON.stringify(checked.diagnostics));
  return checked.value;
}

test("a recalled set tells places once they are looked for, and the same ones", async () => {
  const shop = await shopFor();
  await shop.at(async ({ project }) => {
    const { cache, known } = memory();
    const caching: Project = { ...project, cache };
    const placesIn = ({ resources }: Desired) =>
      resources.map(({ locate }) => locate("/metadata/name"));
    const validated = async () => demand(await validate(caching));
    const cold = await validated();
    expect(await cold.findPlaces?.()).toBeUndefined();
    const warm = await validated();
    expect(known).toHaveLength(1);
    expect(await warm.findPlaces?.()).toBe(false);
    expect(placesIn(warm)).not.toEqual(placesIn(cold));
    expect(await warm.findPlaces?.()).toBe(true);
    expect(placesIn(warm)).toEqual(placesIn(cold));
    expect(await warm.findPlaces?.()).toBe(false);
  });
});

test("what is wrong in a plan is placed the same, whether its manifests were compiled or recalled", async () => {
  const shop = await shopFor();
  await shop.apply();
  shop.edit("manifests/customers/fabrikam.yaml", [
    "domain: fabrikam.partner",
    "domain: fabrikam2.partner",
  ]);
  await shop.at(async ({ project, view }) => {
    const { cache, known } = memory();
    const caching: Project = { ...project, cache };
    const cold = demand(await planChanges(caching, view, {}));
    expect(known).toHaveLength(0);
    const warm = demand(await planChanges(caching, view, {}));
    expect(known).toHaveLength(1);
    expect(warm).toEqual(cold);
    expect(warm.problems.find(({ code }) => code === "plan/fixed-field")?.at).toMatchObject({
      file: "manifests/customers/fabrikam.yaml",
      line: 7,
    });
    const told = await why(caching, view, "Customer/fabrikam");
    expect(demand(told).declaredAt).toMatchObject({ file: "manifests/customers/fabrikam.yaml" });
  });
});
