import { afterEach, describe, expect, test, vi } from "vitest";
import { planChanges } from "../../src/operations/plan/plan.ts";
import { type Settlement, settle } from "../../src/operations/settle/settle.ts";
import { things } from "../crash/scene.ts";
import { newProject, type Project, twoPlans, type Version } from "./two-plans.ts";

const projects: Project[] = [];

afterEach(() => {
  for (const { shop } of projects.splice(0)) shop.end();
  vi.useRealTimers();
});

async function begun(lag = 0, opening = twoPlans(lag)): Promise<Project> {
  const project = await opening;
  projects.push(project);
  return project;
}

/** What is said against a person's word on an open write. */
const word = async ({ shop }: Project, of: Omit<Settlement, "actor">) =>
  (
    await shop.at(({ project, view, writers }) =>
      settle(project, view, writers, { ...of, actor: "li.wei" }),
    )
  ).map(({ code }) => code);

const objects = async ({ shop }: Project) =>
  (await shop.entries()).flatMap((entry) =>
    entry.type === "intent" && entry.kind !== "Customer" ? entry.object : [],
  );

const suite = { offer: "263B49D6-DFE8-5AD6-9209-437024D393ED" };
const office: Version = { subscriptions: { office: {} } };
const renamed: Version = { subscriptions: { "office-e3": { previously: ["office"] } } };
const unsaid: Version = { subscriptions: { "office-e3": {} } };
const moved: Version = { customer: "fab", subscriptions: { office: {} } };
const movedAndSaid: Version = { ...moved, customerBefore: ["fabrikam"] };
const both: Version = { customer: "fab", customerBefore: ["fabrikam"], ...renamed };

describe.each([0, 600])(
  "two plans that were saved, in an account that lags by %i seconds",
  (lag) => {
    test("place the same order once: the second one finds it done", async () => {
      const project = await begun(lag);
      const [first, second] = [
        await project.plan(office),
        await project.plan(office, { only: ["Subscription/fabrikam/office"] }),
      ];
      expect(first.digest).not.toBe(second.digest);
      expect(project.ends(await project.apply(office, { plan: first }))).toEqual([
        "Subscription/fabrikam/office#1 done",
      ]);
      const ended = await project.apply(office, { plan: second });
      expect([ended.status, project.ends(ended)]).toEqual([
        "applied",
        ["Subscription/fabrikam/office#1 done-earlier"],
      ]);
      expect(project.bought()).toEqual(["office"]);
    });

    test.each([
      ["renamed", renamed, "stale/ledger"],
      ["renamed, which nobody says", unsaid, "stale/possible-duplicate"],
      ["of a customer that was renamed, which nobody says", moved, "stale/ledger"],
      ["of a customer that was renamed", movedAndSaid, "stale/ledger"],
      ["renamed with its customer", both, "stale/ledger"],
    ])("place it once where the second one has it %s", async (_, other, code) => {
      const project = await begun(lag);
      const [first, second] = [await project.plan(office), await project.plan(other)];
      await project.apply(office, { plan: first });
      const ended = await project.apply(other, { plan: second });
      // What shows is told of by planning again; before that, only the ledger can tell.
      expect([ended.status, project.ends(ended).at(-1)]).toEqual([
        "stale",
        expect.stringContaining(`#1 stale ${lag > 0 ? code : "stale/"}`),
      ]);
      expect(project.bought()).toEqual(["office"]);
      project.later(lag + 1);
      await project.apply(other);
      expect(project.bought()).toEqual(["office"]);
    });

    test.each([
      ["renamed", renamed],
      ["of a customer that was renamed", movedAndSaid],
      ["renamed with its customer", both],
    ])("place it once where the first one has it %s", async (_, other) => {
      const project = await begun(lag);
      const [first, second] = [await project.plan(office), await project.plan(other)];
      await project.apply(other, { plan: second });
      const [end] = project.ends(await project.apply(office, { plan: first }));
      expect(end).toMatch(
        / (stale stale\/(possible-duplicate|exists|problem)|skipped skipped\/unsettled)$/,
      );
      expect(project.bought()).toHaveLength(1);
    });
  },
);

describe("two plans that were saved", () => {
  test("upgrade once, and update once; what drifted back is updated again", async () => {
    const project = await begun();
    await project.apply(office);
    const larger: Version = { subscriptions: { office: { quantity: 9 } } };
    const plans = [
      await project.plan(larger),
      await project.plan(larger, { only: ["Subscription/fabrikam/office"] }),
    ];
    await project.apply(larger, { plan: plans[0] });
    expect(project.ends(await project.apply(larger, { plan: plans[1] }))).toEqual([
      "Subscription/fabrikam/office#1 done-earlier",
    ]);
    await project.apply(office);
    expect(project.ends(await project.apply(larger))).toEqual([
      "Subscription/fabrikam/office#1 done",
    ]);
  });

  test("leave alone what has another name by now", async () => {
    const project = await begun();
    await project.apply(office);
    const larger: Version = { subscriptions: { office: { quantity: 9 } } };
    const plan = await project.plan(larger);
    expect(project.ends(await project.apply(renamed))).toEqual([
      "Subscription/fabrikam/office-e3#1 done",
    ]);
    expect(project.ends(await project.apply(larger, { plan }))).toEqual([
      "Subscription/fabrikam/office#1 stale stale/changed",
    ]);
    expect((await project.apply(renamed)).status).toBe("nothing");
  });

  test("reckon with nothing that they did not see: what a colleague ordered meanwhile could be the same", async () => {
    const project = await begun();
    const plan = await project.plan(office);
    project.shop.edit("partnerctl.yaml", [
      "path: .partnerctl/ledger.jsonl",
      "path: .partnerctl/colleague.jsonl",
    ]);
    await project.apply({ subscriptions: { "e3-for-suzhou": {} } });
    project.shop.edit("partnerctl.yaml", [
      "path: .partnerctl/colleague.jsonl",
      "path: .partnerctl/ledger.jsonl",
    ]);
    expect(project.ends(await project.apply(office, { plan }))).toEqual([
      "Subscription/fabrikam/office#1 stale stale/problem",
    ]);
    expect(project.bought()).toEqual(["e3-for-suzhou"]);
  });
});

test("what appears after planning, as the reading before an order shows, could be the same too", async () => {
  const project = await begun();
  const { shop } = project;
  const confirm = async () => {
    shop.edit("partnerctl.yaml", [
      "path: .partnerctl/ledger.jsonl",
      "path: .partnerctl/colleague.jsonl",
    ]);
    await project.apply({ subscriptions: { "e3-for-suzhou": {} } });
    return true;
  };
  expect(project.ends(await project.apply(office, { confirm }))).toEqual([
    "Subscription/fabrikam/office#1 stale stale/possible-duplicate",
  ]);
  expect(project.bought()).toEqual(["e3-for-suzhou"]);
});

describe("an order whose reply was lost", () => {
  const another: Version = { subscriptions: { "office-e3": { allowDuplicate: true } } };
  test.each([
    ["renamed", renamed],
    ["renamed, which nobody says", unsaid],
    ["renamed beside others like it", another],
    ["of a customer that was renamed", moved],
    ["renamed with its customer", both],
  ])("keeps it from being placed again, %s", async (_, other) => {
    const project = await begun(600);
    project.shop.simulate({ lag: 600, lostReplies: { kind: "Subscription", verb: "create" } });
    expect(project.ends(await project.apply(office))).toEqual([
      "Subscription/fabrikam/office#1 unknown backend/unknown-outcome",
    ]);
    const soon = await project.apply(other);
    const told = soon.plan?.problems.filter(({ message }) =>
      message.includes("Subscription/fabrikam/office#1"),
    );
    expect(told?.map(({ code }) => code)).toEqual(["ledger/unsettled"]);
    project.later(601);
    await project.apply(other);
    expect(project.bought()).toEqual(["office"]);
  });

  test("keeps others like it waiting, in its own run too", async () => {
    const project = await begun(600);
    project.shop.simulate({
      lag: 600,
      lostReplies: { kind: "Subscription", verb: "create", nth: 1 },
    });
    const two: Version = {
      subscriptions: {
        branch: {},
        office: { allowDuplicate: true },
        visio: { offer: "visio-plan-2" },
      },
    };
    expect(project.ends(await project.apply(two))).toEqual([
      "Subscription/fabrikam/branch#1 unknown backend/unknown-outcome",
      "Subscription/fabrikam/office#1 skipped skipped/unsettled",
      "Subscription/fabrikam/visio#1 done",
    ]);
    project.later(601);
    await project.apply(two);
    expect([...project.bought()].sort()).toEqual(["branch", "office", "visio"]);
  });
});

describe("a new name", () => {
  test("is told to the ledger; that it had another one need not be said for ever, and that one is free", async () => {
    const project = await begun();
    await project.apply(office);
    const first = await project.apply({
      subscriptions: { "office-hq": { previously: ["office"], friendlyName: "office" } },
    });
    expect([first.plan?.totals.rename, first.receipt?.spent]).toEqual([1, { reads: 0, writes: 0 }]);
    const settled: Version = { subscriptions: { "office-hq": { friendlyName: "office" } } };
    expect((await project.apply(settled)).status).toBe("nothing");
    const again: Version = {
      subscriptions: {
        ...settled.subscriptions,
        office: { allowDuplicate: true, friendlyName: "Branch" },
      },
    };
    expect(project.ends(await project.apply(again))).toEqual([
      "Subscription/fabrikam/office#1 done",
    ]);
    expect(project.bought()).toEqual(["office", "Branch"]);
    expect(await objects(project)).toEqual([
      "Subscription/fabrikam/office",
      "Subscription/fabrikam/office",
      "Subscription/fabrikam/office~2",
    ]);
  });

  test("of something that may exist twice makes no second one, said or not", async () => {
    const project = await begun();
    const one = (name: string, more: object = {}): Version => ({
      subscriptions: { office: {}, [name]: { allowDuplicate: true, ...more } },
    });
    await project.apply(one("branch"));
    const unsaid = await project.plan(one("branch-east"));
    expect([unsaid.changes, unsaid.problems.map(({ code, hint }) => [code, hint])]).toEqual([
      [],
      [["identity/possible-duplicate", expect.stringContaining("metadata.previously (branch)")]],
    ]);
    await project.apply(one("branch-east", { previously: ["branch"] }));
    expect((await project.apply(one("branch-east"))).status).toBe("nothing");
    expect(project.bought()).toHaveLength(2);
  });

  test("of a customer is one for all that lives in it", async () => {
    const project = await begun();
    await project.apply(office);
    expect(project.ends(await project.apply(moved))).toEqual([
      "Customer/fab#1 done",
      "Subscription/fab/office#1 done",
    ]);
    expect((await project.apply(moved)).status).toBe("nothing");
  });

  test("that goes back and forth keeps personal data known by their digests", async () => {
    const project = await begun();
    const names: Version[] = [
      { customer: "fab", customerBefore: ["fabrikam"] },
      { customer: "fabrikam", customerBefore: ["fab"] },
    ];
    for (const version of [...names, ...names]) {
      expect(project.ends(await project.apply(version))).toEqual([
        `Customer/${version.customer}#1 done`,
      ]);
      expect((await project.apply(version)).status).toBe("nothing");
    }
  });
});

describe("what was removed here", () => {
  test("is wanted back where it is declared again", async () => {
    const project = await begun();
    await project.apply(office);
    const absent: Version = { subscriptions: { office: { absent: true } } };
    expect(project.ends(await project.apply(absent))).toEqual([
      "Subscription/fabrikam/office#1 done",
    ]);
    expect((await project.apply(absent)).status).toBe("nothing");
    const back = await project.plan(office);
    expect(back.changes.map(({ action, fields }) => [action, fields])).toEqual([
      [
        "update",
        [expect.objectContaining({ pointer: "/status", before: "suspended", after: "active" })],
      ],
    ]);
    await project.apply(office, { plan: back });
    expect((await project.apply(office)).status).toBe("nothing");
    expect(project.ends(await project.apply(absent))).toEqual([
      "Subscription/fabrikam/office#1 done",
    ]);
    expect(project.bought()).toEqual(["office"]);
  });

  test("and still shows is neither removed once more nor called as declared", async () => {
    const project = await begun(600);
    await project.apply(office);
    project.later(601);
    const absent: Version = { subscriptions: { office: { absent: true } } };
    expect(project.ends(await project.apply(absent))).toEqual([
      "Subscription/fabrikam/office#1 done",
    ]);
    for (const version of [absent, office]) {
      const { changes, problems } = await project.plan(version);
      expect([changes, problems.map(({ code }) => code)]).toEqual([[], ["ledger/unsettled"]]);
    }
    project.later(601);
    expect(
      (await project.plan(office)).changes.map(({ action, fields }) => [
        action,
        fields.map(({ after }) => after),
      ]),
    ).toEqual([["update", ["active"]]]);
    expect(await project.plan(absent)).toMatchObject({ changes: [], problems: [] });
  });

  test("is not wanted back where its manifest says that it is suspended", async () => {
    const project = await begun();
    await project.apply(office);
    await project.apply({ subscriptions: { office: { absent: true } } });
    expect(
      (await project.apply({ subscriptions: { office: { status: "suspended" } } })).status,
    ).toBe("nothing");
  });

  test("and has gone is made anew, as another object", async () => {
    const project = await begun();
    const there: Version = { users: { bert: {} } };
    const absent: Version = { users: { bert: { absent: true } } };
    for (const version of [there, absent, there, absent]) {
      expect(project.ends(await project.apply(version))).toEqual(["User/bert#1 done"]);
      expect((await project.apply(version)).status).toBe("nothing");
    }
    expect(await objects(project)).toEqual([
      "User/bert",
      "User/bert",
      "User/bert~2",
      "User/bert~2",
    ]);
  });

  test("because nothing declared it is known by its name, and can be declared again", async () => {
    const project = await begun();
    project.shop.edit("partnerctl.yaml", [
      "manifests: manifests",
      "manifests: manifests\nexclusive: [User]",
    ]);
    const there: Version = { users: { anna: {}, bert: {} } };
    await project.apply(there);
    expect(project.ends(await project.apply({ users: { anna: {} } }))).toEqual([
      "User/bert#1 done",
    ]);
    expect(project.ends(await project.apply(there))).toEqual(["User/bert#1 done"]);
    expect((await project.apply(there)).status).toBe("nothing");
  });
});

describe("an attempt that only a reading says came to nothing", () => {
  async function failed(): Promise<Project> {
    const project = await newProject();
    projects.push(project);
    project.shop.simulate({ failBefore: { kind: "Customer", verb: "create" } });
    expect(project.ends(await project.apply({}))).toEqual([
      "Customer/fabrikam#1 failed settled/did-not-happen",
    ]);
    project.shop.simulate({});
    return project;
  }
  const intents = async ({ shop }: Project) =>
    (await shop.entries()).flatMap((entry) =>
      entry.type === "intent" ? [{ attempt: entry.attempt, id: entry.requestId }] : [],
    );

  test("is gone on with under the same request id", async () => {
    const project = await failed();
    expect(project.ends(await project.apply({}))).toEqual(["Customer/fabrikam#1 done"]);
    const [first, second] = await intents(project);
    expect(second).toEqual(first);
    await project.apply({ companyName: "Fabrikam China" });
    expect((await intents(project)).at(-1)).toMatchObject({
      attempt: 2,
      id: expect.not.stringMatching(first?.id ?? ""),
    });
  });

  test("is gone on with by the same values alone, until a person says that it is over", async () => {
    const project = await failed();
    const other: Version = { companyName: "Fabrikam China" };
    const plan = await project.plan(other);
    expect([plan.changes, plan.open]).toEqual([[], ["Customer/fabrikam#1"]]);
    expect(plan.problems).toMatchObject([
      {
        code: "ledger/attempt",
        severity: "warning",
        hint: expect.stringContaining("settle Customer/fabrikam#1 --did-not-happen"),
      },
    ]);
    expect((await project.apply(other)).status).toBe("unsettled");
    expect(await word(project, { change: "Customer/fabrikam#1", didNotHappen: true })).toEqual([]);
    expect(project.ends(await project.apply(other))).toEqual(["Customer/fabrikam#1 done"]);
    expect(await intents(project)).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
  });

  test("stops a plan that was saved before, with other values", async () => {
    const project = await begun(0, newProject());
    const plan = await project.plan({ companyName: "Fabrikam China" });
    project.shop.simulate({ failBefore: { kind: "Customer", verb: "create" } });
    expect(project.ends(await project.apply({}))).toEqual([
      "Customer/fabrikam#1 failed settled/did-not-happen",
    ]);
    project.shop.simulate({});
    const ended = await project.apply({ companyName: "Fabrikam China" }, { plan });
    expect(project.ends(ended)).toEqual(["Customer/fabrikam#1 stale stale/attempt"]);
    expect(ended.receipt?.results[0]?.hint).toContain(
      "settle Customer/fabrikam#1 --did-not-happen",
    );
  });

  test("is told without the ledger's key too, as far as what was sent is nobody's data", async () => {
    const project = await failed();
    const planned = async (version: Version) => {
      project.declare(version);
      return project.shop.at(async ({ project: opened, view: { ledgerKey: _, ...view } }) => {
        const made = await planChanges(opened, view, {});
        return made.ok
          ? [made.value.changes.length, made.value.problems.map(({ code }) => code)]
          : made.diagnostics;
      });
    };
    expect(await planned({ companyName: "Fabrikam China" })).toEqual([0, ["ledger/attempt"]]);
    expect(await planned({})).toEqual([1, []]);
  });

  test("may have been done late all the same, which a person can say", async () => {
    const project = await failed();
    expect(await word(project, { change: "Customer/fabrikam#1", id: "nobody" })).toEqual([
      "settle/no-such-id",
    ]);
  });

  test("is not said to be what another one is", async () => {
    const project = await begun(600);
    await project.apply(office);
    project.later(601);
    const [one] = things(project.shop.kept.account).flatMap(({ kind, id }) =>
      kind === "Subscription" ? [id] : [],
    );
    const more: Version = { subscriptions: { office: {}, visio: { offer: "visio-plan-2" } } };
    project.shop.simulate({ lostReplies: { kind: "Subscription", verb: "create" }, lag: 600 });
    expect(project.ends(await project.apply(more))).toEqual([
      "Subscription/fabrikam/visio#1 unknown backend/unknown-outcome",
    ]);
    expect(await word(project, { change: "Subscription/fabrikam/visio#1", id: one ?? "" })).toEqual(
      ["settle/other-object"],
    );
    project.later(601);
    expect((await project.apply(more)).status).toBe("nothing");
    expect(project.bought()).toEqual(["office", "visio"]);
  });

  test.each<readonly [string, "upgrade" | "update", Version["subscriptions"], string]>([
    [
      "was there before",
      "upgrade",
      { office: {}, bi: { offer: "power-bi-pro" }, suite: { offer: "enterprise-e1" } },
      "suite",
    ],
    [
      "is another one",
      "update",
      { office: {}, bi: { offer: "power-bi-pro", quantity: 6 }, suite },
      "office",
    ],
  ])("is not said to be what %s", async (_, verb, subscriptions, other) => {
    const project = await begun(600);
    await project.apply({ subscriptions: { office: {}, bi: { offer: "power-bi-pro" }, suite } });
    project.later(601);
    project.shop.simulate({ lostReplies: { kind: "Subscription", verb }, lag: 600 });
    const { receipt } = await project.apply({ subscriptions });
    const [{ change, status } = { change: "User/nobody#1" as const, status: "done" }] =
      receipt?.results ?? [];
    expect(status).toBe("unknown");
    const id = things(project.shop.kept.account).find(({ key }) => key === other)?.id ?? "";
    expect(await word(project, { change, id })).toEqual(["settle/other-object"]);
  });
});

describe.each([0, 600])("a user who was removed, in an account that lags by %i seconds", (lag) => {
  const li: Version = { users: { li: {} } };
  const absent: Version = { users: { li: { absent: true } } };
  const hired = async () => {
    const project = await begun(lag);
    expect(project.ends(await project.apply(li))).toEqual(["User/li#1 done"]);
    project.later(lag + 1);
    return project;
  };
  const allowed = { allow: ["irreversible", "rights", "removals", "service"], reason: "left" };

  test("is gone, though the list may still show them", async () => {
    const project = await hired();
    expect(project.ends(await project.apply(absent, allowed))).toEqual(["User/li#1 done"]);
    const found = [];
    for (const version of [absent, {}, absent, {}]) {
      const { changes, problems, unmanaged } = await project.plan(version);
      found.push([
        changes,
        problems,
        unmanaged?.filter(({ kind, key }) => kind === "User" && key.startsWith("li@")),
      ]);
      if (found.length === 2) project.later(lag + 1);
    }
    expect(found).toEqual([[], [], [], []].map(() => [[], [], []]));
  });

  test("is removed once by two plans: the second one finds it done", async () => {
    const project = await hired();
    const [first, second] = [
      await project.plan(absent),
      await project.plan(absent, { only: ["User/li"] }),
    ];
    expect(project.ends(await project.apply(absent, { ...allowed, plan: first }))).toEqual([
      "User/li#1 done",
    ]);
    const ended = await project.apply(absent, { ...allowed, plan: second });
    expect([ended.status, project.ends(ended)]).toEqual(["applied", ["User/li#1 done-earlier"]]);
    project.later(lag + 1);
    expect((await project.apply(absent)).status).toBe("nothing");
  });

  test("can be made anew under the same name", async () => {
    const project = await hired();
    await project.apply(absent, allowed);
    project.later(lag + 1);
    expect(project.ends(await project.apply(li))).toEqual(["User/li#1 done"]);
    project.later(lag + 1);
    expect((await project.apply(li)).status).toBe("nothing");
  });
});
