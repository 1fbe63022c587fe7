import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPlan } from "../../src/cli/files/plan-file.ts";
import { hasErrors } from "../../src/model/diagnostic.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import { validate } from "../../src/operations/project/validate.ts";
import { demand, type EngineHarness } from "../engine-harness.ts";
import { anAccount, type Document } from "./accounts.ts";
import { act, expectEmpty, withEngine, reach, said } from "./judged.ts";
import { runs } from "./runs.ts";
import { two } from "./successors.ts";
import { inOneFile } from "./texts.ts";

/**
 * Why the service does not let an account become another one at once: each names what stands in the
 * way.
 */
const inTheWay = new Set([
  ...[
    "plan/fixed-field",
    "plan/blocked",
    "identity/possible-duplicate",
    "identity/ambiguous",
    "identity/lost",
    "profile/primary-contact",
  ],
  ...[
    "fixed-field",
    "billing-cycle",
    "no-upgrade",
    "upgrade-inactive",
    "upgrade-add-ons",
    "upgrade-owned",
    "add-on-left",
    "quantity-frozen",
    "offer-limit",
    "add-on-base-inactive",
    "add-on-prerequisite",
  ].map((code) => `subscription/${code}`),
]);

describe("what is declared is reached", () => {
  test("from an account as it was founded, all of it, and then there is nothing to do", async () => {
    const property = fc.asyncProperty(anAccount, (documents) =>
      withEngine(async (stage) => {
        await reach(stage, documents);
        expectEmpty(await stage.plan());
      }),
    );
    await fc.assert(property, runs(15));
  });

  test("from any other, all but what the plan says is in the way; then there is nothing else to do", async () => {
    const property = fc.asyncProperty(two, ({ first, second }) =>
      withEngine(async (stage) => {
        await reach(stage, first);
        stage.declare(inOneFile(second));
        await converge(stage);
      }),
    );
    await fc.assert(property, runs(25));
  });

  test("also where objects are pinned, or have another name than they had", async () => {
    const property = fc.asyncProperty(
      two,
      fc.infiniteStream(fc.constantFrom<Amendment>("none", "pinned", "renamed")),
      ({ first, second }, how) =>
        withEngine(async (stage) => {
          await reach(stage, first);
          stage.declare(inOneFile(await amended(second, stage, how)));
          await converge(stage);
        }),
    );
    await fc.assert(property, runs(15));
  });

  test("a plan that was saved does what it does at once", async () => {
    const folder = mkdtempSync(join(tmpdir(), "partnerctl-plans-"));
    const saved = join(folder, "plan.json");
    const property = fc.asyncProperty(two, async ({ first, second }) => {
      const ends: unknown[] = [];
      for (const save of [false, true]) {
        await withEngine(async (stage) => {
          await reach(stage, first);
          stage.declare(inOneFile(second));
          const plan = await stage.plan();
          if (hasErrors(plan.problems) || plan.changes.length === 0) return;
          writeFileSync(saved, JSON.stringify(plan));
          const receipt = await act(stage, save ? { plan: demand(await readPlan(saved)) } : {});
          ends.push({
            results: receipt?.results,
            account: await stage.read(),
            spent: receipt?.spent,
          });
          if (save)
            expect(said((await stage.apply({ plan })).diagnostics)).toEqual([
              expect.stringContaining("plan/spent"),
            ]);
        });
      }
      expect(ends[0]).toEqual(ends[1]);
    });
    try {
      await fc.assert(property, runs(5));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Applies what can be applied, at most twice; then only what has a problem of its own is left. */
async function converge(stage: EngineHarness): Promise<void> {
  for (let round = 1; round <= 2; round += 1) {
    const plan = await stage.plan();
    if (!hasErrors(plan.problems)) await act(stage);
    else await applyTheRest(stage, plan);
  }
  const left = await stage.plan();
  const kept = new Set([...heldBack(left), ...(await heldBackWithout(stage, left))]);
  expect(
    left.changes
      .filter(({ address }) => !kept.has(address))
      .map(({ id, fields }) => ({ id, fields })),
  ).toEqual([]);
}

async function applyTheRest(stage: EngineHarness, plan: Plan): Promise<void> {
  const unexpected = plan.problems.filter((one) => hasErrors([one]) && !inTheWay.has(one.code));
  expect(said(unexpected)).toEqual([]);
  const { resources } = demand(await validate(stage.project));
  const declared = new Set<string>(resources.map(({ address }) => address));
  let except: readonly string[] = [];
  // What is left out may stand in the way of something else, which the narrowed plan then says.
  for (let next = plan; hasErrors(next.problems); next = await stage.plan({ except })) {
    except = [...new Set([...except, ...heldBack(next)])].filter((address) =>
      declared.has(address),
    );
    if (except.length === declared.size) return;
  }
  await act(stage, { except });
}

/** What can only be done together with something that has a problem. */
async function heldBackWithout(stage: EngineHarness, plan: Plan): Promise<ReadonlySet<string>> {
  const kept = heldBack(plan);
  const { resources } = demand(await validate(stage.project));
  const except = resources
    .map(({ address }): string => address)
    .filter((address) => kept.has(address));
  return except.length === 0 ? new Set() : heldBack(await stage.plan({ except }));
}

/** What has a problem. */
function heldBack({ problems }: Plan): ReadonlySet<string> {
  return new Set(
    problems.filter((one) => hasErrors([one])).flatMap(({ address }) => address ?? []),
  );
}

type Amendment = "none" | "pinned" | "renamed";

/** The documents with the ids they have by now, or under new names that tell the old ones. */
async function amended(
  documents: readonly Document[],
  stage: EngineHarness,
  how: Iterator<Amendment>,
): Promise<readonly Document[]> {
  const living = new Set((await stage.read()).map(({ id }) => id));
  const ids = new Map(
    Object.entries(stage.ledger.state.bindings).map(([address, { id }]) => [address, id]),
  );
  const renamed = new Map<string, string>();
  const own = documents.map((document) => {
    const id = ids.get(addressOf(document));
    const way = how.next().value as Amendment;
    if (way === "pinned" && id !== undefined && living.has(id))
      return { ...document, metadata: { ...document.metadata, id } };
    if (way !== "renamed" || document.metadata.name === undefined) return document;
    const name = `${document.metadata.name}.new`;
    renamed.set(addressOf(document), name);
    return {
      ...document,
      metadata: { ...document.metadata, name, previously: [document.metadata.name] },
    };
  });
  return own.map(
    ({ spec, ...document }) => ({ ...document, spec: followed(spec, renamed) }) as Document,
  );
}

function followed(spec: Document["spec"], renamed: ReadonlyMap<string, string>): Document["spec"] {
  const { customer, addOnOf } = spec;
  return {
    ...spec,
    ...(customer !== undefined && { customer: renamed.get(`Customer/${customer}`) ?? customer }),
    ...(addOnOf !== undefined && {
      addOnOf: renamed.get(`Subscription/${customer}/${addOnOf}`) ?? addOnOf,
    }),
  };
}

function addressOf({ kind, metadata, spec }: Document): string {
  return [kind, spec.customer, metadata.name].filter((part) => part !== undefined).join("/");
}
