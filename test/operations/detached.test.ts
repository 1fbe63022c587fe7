import { afterEach, describe, expect, test, vi } from "vitest";
import { planDigest } from "../../src/model/plan/plan.ts";
import { newProject, type Project, twoPlans, type Version } from "./two-plans.ts";

const projects: Project[] = [];

afterEach(() => {
  for (const { shop } of projects.splice(0)) shop.end();
  vi.useRealTimers();
});

async function begun(of: Promise<Project>): Promise<Project> {
  const project = await of;
  projects.push(project);
  return project;
}

/** Somebody makes in the portal what these manifests declare: this ledger knows nothing of it. */
async function madeByHand({ shop, apply, ends }: Project, version: Version): Promise<void> {
  const [own, other] = ["path: .partnerctl/ledger.jsonl", "path: .partnerctl/other.jsonl"];
  shop.edit("partnerctl.yaml", [own, other]);
  expect(ends(await apply(version))).toContain("User/chen#1 done");
  shop.edit("partnerctl.yaml", [other, own]);
}

const user: Version = { users: { chen: {} } };
const without: Version = { users: { chen: { absent: true } } };
const office: Version = { subscriptions: { office: {} } };
const larger: Version = { subscriptions: { office: { quantity: 7 } } };

describe("a plan that is applied without its manifests", () => {
  test("makes nobody again whom a newer plan removed", async () => {
    const project = await begun(newProject());
    const [first, second] = [
      await project.plan(user),
      await project.plan(user, { only: ["User/chen"] }),
    ];
    await project.apply(user, { plan: first });
    expect(project.ends(await project.apply(without))).toEqual(["User/chen#1 done"]);
    const ended = await project.apply(user, { plan: second, detached: true, marked: true });
    expect([ended.status, project.ends(ended)]).toEqual([
      "stale",
      ["User/chen#1 stale stale/ledger"],
    ]);
    expect(project.ends(await project.apply(user))).toEqual(["User/chen#1 done"]);
  });

  test.each([
    ["made it too", false],
    ["found it in the account", true],
  ])(
    "makes nobody again whom newer plans removed, after one of them %s under another name",
    async (_, hand) => {
      const project = await begun(newProject());
      const other: Version = { users: { "jie.chen": { signsInAs: "chen" } } };
      const plan = await project.plan(user, { only: ["User/chen"] });
      if (hand) await madeByHand(project, { ...user, companyName: "Contoso" });
      await project.apply(other);
      const gone: Version = { users: { "jie.chen": { signsInAs: "chen", absent: true } } };
      expect(project.ends(await project.apply(gone))).toEqual(["User/jie.chen#1 done"]);
      const ended = await project.apply(user, { plan, detached: true, marked: true });
      expect([ended.status, project.ends(ended)]).toEqual([
        "stale",
        ["User/chen#1 stale stale/ledger"],
      ]);
      expect(ended.receipt?.results[0]?.because).toContain(
        "Another plan changed User/jie.chen, or took it away",
      );
      expect(project.ends(await project.apply(user))).toEqual(["User/chen#1 done"]);
    },
  );

  test("sets nothing again that newer plans set and set back; with its manifests it does", async () => {
    const project = await begun(twoPlans());
    await project.apply(office);
    const only = ["Subscription/fabrikam/office"];
    const [first, second] = [await project.plan(larger), await project.plan(larger, { only })];
    await project.apply(larger, { plan: first });
    await project.apply(office);
    const ended = await project.apply(larger, { plan: second, detached: true, marked: true });
    expect([ended.status, project.ends(ended)]).toEqual([
      "stale",
      ["Subscription/fabrikam/office#1 stale stale/ledger"],
    ]);
    expect(ended.receipt?.results[0]?.because).toContain(
      "Another plan changed Subscription/fabrikam/office",
    );
    expect(project.ends(await project.apply(larger))).toEqual([
      "Subscription/fabrikam/office#1 done",
    ]);
  });

  test("is refused where it does not bear the ledger's mark: it could name the newest entry as its own", async () => {
    const project = await begun(twoPlans());
    await project.apply(office);
    const only = ["Subscription/fabrikam/office"];
    const [first, second] = [await project.plan(larger), await project.plan(larger, { only })];
    await project.apply(larger, { plan: first });
    await project.apply(office);
    const newest = (await project.plan(office)).basis;
    const forged = { ...second, basis: { ...second.basis, ledger: newest.ledger } };
    const plan = { ...forged, digest: planDigest(forged) };
    const ended = await project.apply(larger, { plan, detached: true });
    expect([ended.status, project.ends(ended)]).toEqual(["refused", ["plan/unmarked"]]);
    expect(await project.plan(office)).toMatchObject({ changes: [] });
  });

  test("finds done what another plan did exactly so", async () => {
    const project = await begun(twoPlans());
    await project.apply(office);
    const only = ["Subscription/fabrikam/office"];
    const [first, second] = [await project.plan(larger), await project.plan(larger, { only })];
    await project.apply(larger, { plan: first });
    const ended = await project.apply(larger, { plan: second, detached: true, marked: true });
    expect([ended.status, project.ends(ended)]).toEqual([
      "applied",
      ["Subscription/fabrikam/office#1 done-earlier"],
    ]);
  });

  test("goes on where only an older write was settled meanwhile", async () => {
    const project = await begun(twoPlans(600));
    await project.apply(office);
    project.later(601);
    project.shop.simulate({ lag: 600, lostReplies: { kind: "Subscription", verb: "update" } });
    expect(project.ends(await project.apply(larger))).toEqual([
      "Subscription/fabrikam/office#1 unknown backend/unknown-outcome",
    ]);
    project.shop.simulate({ lag: 600 });
    project.later(601);
    const nine: Version = { subscriptions: { office: { quantity: 9 } } };
    const plan = await project.plan(nine);
    expect(project.ends(await project.apply(nine, { plan, detached: true, marked: true }))).toEqual(
      ["Subscription/fabrikam/office#1 done"],
    );
    const settled = (await project.shop.entries()).filter(
      (entry) => entry.type === "outcome" && entry.by === "reading" && entry.status === "done",
    );
    expect(settled).toMatchObject([{ address: "Subscription/fabrikam/office" }]);
  });
});
