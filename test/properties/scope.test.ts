import fc from "fast-check";
import { expect, test } from "vitest";
import type { Address } from "../../src/model/address.ts";
import { hasErrors } from "../../src/model/diagnostic.ts";
import type { Change, Plan } from "../../src/model/plan/plan.ts";
import { validate } from "../../src/operations/project/validate.ts";
import { demand } from "../engine-harness.ts";
import { withEngine, reach } from "./judged.ts";
import { runs } from "./runs.ts";
import { two } from "./successors.ts";
import { inOneFile } from "./texts.ts";

test("a narrowed plan has the whole plan's changes of its addresses, and claims nothing of the others", async () => {
  const property = fc.asyncProperty(
    two,
    fc.infiniteStream(fc.boolean()),
    ({ first, second }, chosen) =>
      withEngine(async (stage) => {
        await reach(stage, first);
        stage.declare(inOneFile(second));
        const whole = await stage.plan();
        const { resources } = demand(await validate(stage.project));
        const addresses: readonly string[] = resources.map(({ address }) => address);
        const some = addresses.filter(() => chosen.next().value);
        // What waits for something that has a problem may be free of it in a plan that leaves that
        // out, and so may an upgrade to what is still to come, and a base whose add-on is not to
        // start.
        const blocked = new Set(
          whole.problems.flatMap(({ code, address }) =>
            mayBeFree.includes(code) ? (address ?? []) : [],
          ),
        );
        const others = addresses.filter((one) => !some.includes(one));
        const parts = [closed(some, whole), closed(others, whole)].filter(
          (only) => only.length > 0,
        );
        const narrowed = await Promise.all(parts.map((only) => stage.plan({ only })));
        for (const [index, plan] of narrowed.entries()) {
          // What was not asked for but is needed, as a base is by its add-on, may not be able to
          // stop without what was left out.
          const stuck = new Set(
            errors(plan).flatMap((one) =>
              mayCome(one) && !parts[index]?.includes(one.address ?? "") ? (one.address ?? []) : [],
            ),
          );
          const covered = ({ address = "" }: { readonly address?: string }) =>
            !blocked.has(address as Address) &&
            !stuck.has(address as Address) &&
            plan.scope?.includes(address as Address);
          expect(plan).toMatchObject({
            unmanaged: null,
            coverage: null,
            scope: expect.arrayContaining([...(parts[index] ?? [])]),
          });
          expect(plan.changes.filter(covered)).toEqual(
            whole.changes.filter(covered).map((change) => within(plan, change)),
          );
          const [own, all] = [errors(plan).filter(covered), errors(whole).filter(covered)];
          expect(own.filter((one) => !mayCome(one))).toEqual(all);
          expect(
            own.filter(mayCome).every(({ address }) => all.some((one) => one.address === address)),
          ).toBe(true);
        }
        const union = new Map(
          narrowed.flatMap(({ changes }) => changes).map((change) => [change.id, change]),
        );
        expect([...union.keys()]).toEqual(
          expect.arrayContaining(whole.changes.map(({ id }) => id)),
        );
      }),
  );
  await fc.assert(property, runs(15));
});

const mayBeFree: readonly string[] = [
  "plan/blocked",
  "subscription/upgrade-owned",
  "subscription/add-on-left",
];

/**
 * What has a problem of its own in the whole plan may in a narrowed one have this beside it: an
 * add-on that is left out is not stopped.
 */
const mayCome = ({ code }: { readonly code: string }) => code === "subscription/add-on-left";

/** The change as it is where it waits for nothing that a plan leaves out. */
function within({ scope }: Plan, change: Change): Change {
  return {
    ...change,
    requires: change.requires.filter((id) => scope?.includes(id.replace(/#\d+$/, "") as Address)),
  };
}

function errors({ problems }: Plan) {
  return problems.filter((one) => hasErrors([one]));
}

/** The addresses with all that their changes wait for. */
function closed(some: readonly string[], { changes }: Plan): readonly string[] {
  const found = new Set(some);
  const byId = new Map(changes.map((change) => [change.id, change]));
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const change of changes) {
      if (!found.has(change.address)) continue;
      for (const one of [change, ...change.requires.flatMap((id) => byId.get(id) ?? [])])
        found.add(one.address);
    }
  }
  return [...found].sort();
}
