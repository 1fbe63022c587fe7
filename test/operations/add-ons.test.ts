import { afterEach, expect, test, vi } from "vitest";
import { type Project, twoPlans, type Version } from "./two-plans.ts";

// Nothing stops under an add-on that stays active, whoever ordered it and whatever the plan was
// narrowed to.

const projects: Project[] = [];

afterEach(() => {
  for (const { shop } of projects.splice(0)) shop.end();
  vi.useRealTimers();
});

const mail = { offer: "exchange-plan-1" };
const archive = { offer: "exchange-archiving", addOnOf: "mail" };
const base: Version = { subscriptions: { mail, bi: { offer: "power-bi-pro" } } };
const both: Version = { subscriptions: { ...base.subscriptions, archive } };
const without: Version = {
  subscriptions: { ...base.subscriptions, mail: { ...mail, absent: true } },
};
const stopped: Version = {
  subscriptions: { ...without.subscriptions, archive: { ...archive, absent: true } },
};
const [at, addOnAt] = ["Subscription/fabrikam/mail", "Subscription/fabrikam/archive"] as const;

async function begun(version: Version, lag = 0): Promise<Project> {
  const project = await twoPlans(lag);
  projects.push(project);
  await project.apply(version);
  project.later(lag + 1);
  return project;
}

const codes = async (project: Project, version: Version, only?: string) => {
  const { changes, problems } = await project.plan(
    version,
    only === undefined ? {} : { only: [only] },
  );
  return [...changes.map(({ id }) => id), ...problems.map(({ code }) => code)];
};

test("a base is not suspended by a plan that was made before its add-on was ordered", async () => {
  const project = await begun(base);
  const plan = await project.plan(without);
  await project.apply(both);
  const ended = await project.apply(without, { plan });
  expect([ended.status, project.ends(ended)]).toEqual(["stale", [`${at}#1 stale stale/problem`]]);
  expect(await codes(project, without)).toEqual(["subscription/add-on-left"]);
});

test("nor by one that leaves the add-on out; both together stop, the add-on first", async () => {
  const project = await begun(both);
  expect(await codes(project, stopped, at)).toEqual(["subscription/add-on-left"]);
  expect(project.ends(await project.apply(stopped))).toEqual([`${addOnAt}#1 done`, `${at}#1 done`]);
});

test("nor by a plan that leaves the add-on out by name", async () => {
  const project = await begun(both);
  const plan = await project.plan(stopped, { except: [addOnAt] });
  expect(plan.problems.map(({ code, address }) => [code, address])).toEqual([
    ["subscription/add-on-left", at],
  ]);
});

test("an add-on alone is suspended alone, and what else is to stop is left to a plan of its own", async () => {
  const more = { second: { ...archive, friendlyName: "second", allowDuplicate: true } } as const;
  const two: Version = { subscriptions: { ...both.subscriptions, ...more } };
  const project = await begun(two);
  const none: Version = {
    subscriptions: { ...stopped.subscriptions, second: { ...more.second, absent: true } },
  };
  expect(await codes(project, none, addOnAt)).toEqual([`${addOnAt}#1`]);
  expect(project.ends(await project.apply(none, { only: [addOnAt] }))).toEqual([
    `${addOnAt}#1 done`,
  ]);
  expect(await codes(project, none, at)).toEqual(["subscription/add-on-left"]);
  const rest = await project.plan(none);
  expect(rest.changes.map(({ id, requires }) => [id, requires])).toEqual([
    [`${at}#1`, ["Subscription/fabrikam/second#1"]],
    ["Subscription/fabrikam/second#1", []],
  ]);
  expect((await project.apply(none, { plan: rest })).status).toBe("applied");
});

test.each([
  ["removed", without],
  [
    "suspended",
    { subscriptions: { ...base.subscriptions, mail: { ...mail, status: "suspended" } } },
  ],
])(
  "a base is not %s under an add-on that was ordered and does not show yet, by a saved plan or a new one",
  async (_, version) => {
    const project = await begun(base, 600);
    const plan = await project.plan(version);
    await project.apply(both);
    expect(project.ends(await project.apply(version, { plan }))).toEqual([
      `${at}#1 skipped skipped/unsettled`,
    ]);
    expect(await codes(project, version)).toEqual(["ledger/unsettled"]);
    project.later(601);
    expect(await codes(project, version)).toEqual(["subscription/add-on-left"]);
  },
);

test("nor while the outcome of an add-on's order is not known", async () => {
  const project = await begun(base, 600);
  const plan = await project.plan(without);
  project.shop.simulate({
    lag: 600,
    lostReplies: { kind: "Subscription", verb: "create", nth: 1 },
  });
  expect(project.ends(await project.apply(both))).toEqual([
    `${addOnAt}#1 unknown backend/unknown-outcome`,
  ]);
  project.shop.simulate({ lag: 600 });
  for (const version of [without, stopped])
    expect(new Set(await codes(project, version, at))).toEqual(new Set(["ledger/unsettled"]));
  expect(project.ends(await project.apply(without, { plan }))).toEqual([
    `${at}#1 skipped skipped/unsettled`,
  ]);
});

test("an open order keeps its base also under the names that both had before", async () => {
  const project = await begun(base, 600);
  project.shop.simulate({
    lag: 600,
    lostReplies: { kind: "Subscription", verb: "create", nth: 1 },
  });
  await project.apply(both);
  project.shop.simulate({ lag: 600 });
  const post = { ...mail, previously: ["mail"], absent: true } as const;
  const renamed: Version = {
    customer: "fab",
    customerBefore: ["fabrikam"],
    subscriptions: { post },
  };
  expect((await codes(project, renamed)).filter((one) => one.startsWith("Subscription"))).toEqual(
    [],
  );
  expect(
    (await project.plan(renamed)).problems.map(({ code, address }) => [code, address]),
  ).toEqual([["ledger/unsettled", "Subscription/fab/post"]]);
});

test("what has nothing to do with the open order is suspended meanwhile", async () => {
  const project = await begun(base, 600);
  await project.apply(both);
  const version: Version = {
    subscriptions: { ...both.subscriptions, bi: { offer: "power-bi-pro", absent: true } },
  };
  expect(await codes(project, version)).toEqual(["Subscription/fabrikam/bi#1", "ledger/unsettled"]);
});

test("an add-on that was suspended here and still shows keeps no base", async () => {
  const project = await begun(both, 600);
  expect(project.ends(await project.apply(stopped, { except: [at] }))).toEqual([
    `${addOnAt}#1 done`,
  ]);
  expect(await codes(project, stopped)).toEqual([`${at}#1`, "ledger/unsettled"]);
});
