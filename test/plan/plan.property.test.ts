import fc from "fast-check";
import { expect, it } from "vitest";
import { hasErrors } from "../../src/model/diagnostic.ts";
import type { Observed } from "../../src/model/observed.ts";
import type { Resource } from "../../src/model/resource.ts";
import { plan } from "../../src/plan/plan.ts";
import { type Account, applyPlan } from "./simulate.ts";
import { declare, inputOf, kinds, ledger, live } from "./toys.ts";

const name = fc.constantFrom("a", "b", "c", "d");
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const compact = (fields: Record<string, unknown>) => JSON.parse(JSON.stringify(fields));

const teamSpec = fc.record({
  region: optional(fc.constantFrom("cn", "us")),
  size: optional(fc.integer({ min: 1, max: 3 })),
  tags: optional(fc.array(fc.constantFrom("x", "y", "z"), { maxLength: 3 })),
  place: optional(
    fc.record({
      city: optional(fc.constantFrom("p", "q")),
      zip: optional(fc.integer({ min: 0, max: 2 })),
    }),
  ),
});
const seatSpec = fc.record({
  product: fc.constantFrom("a", "b", "c"),
  quantity: optional(fc.integer({ min: 0, max: 3 })),
  status: optional(fc.constantFrom("on", "off")),
});
const state = fc.record({
  state: fc.constantFrom<"present" | "absent">("present", "present", "present", "absent"),
  allowDuplicate: fc.boolean(),
});

const desired: fc.Arbitrary<readonly Resource[]> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(name, teamSpec, optional(name), state), {
      selector: ([one]) => one,
      maxLength: 4,
    }),
    fc.uniqueArray(fc.tuple(name, name, seatSpec, optional(name), state), {
      selector: ([team, one]) => `${team}/${one}`,
      maxLength: 6,
    }),
    optional(fc.record({ owner: optional(name), color: fc.constantFrom("red", "blue") })),
  )
  .map(([teams, seats, house]) => {
    const declared = new Set(teams.map(([one]) => one));
    const known = new Set(seats.map(([team, one]) => `${team}/${one}`));
    // The manifests' own rules refuse a reference to what is to be absent.
    for (const [one, , , more] of teams) if (more.state === "absent") declared.delete(one);
    for (const [team, one, , , more] of seats)
      if (more.state === "absent") known.delete(`${team}/${one}`);
    const normal = (one: Resource): Resource => ({
      ...one,
      spec: kinds.find((kind) => kind.name === one.kind)?.normalize(one.spec) ?? one.spec,
    });
    return [
      ...teams.map(([one, spec, lead, more]) =>
        declare(
          "Team",
          one,
          compact({
            mail: `${one}@x`,
            ...spec,
            lead: lead !== undefined && declared.has(lead) ? lead : undefined,
          }),
          more,
        ),
      ),
      ...seats
        .filter(([team]) => declared.has(team))
        .map(([team, one, spec, base, more]) =>
          declare(
            "Seat",
            one,
            compact({
              team,
              ...spec,
              base:
                base !== undefined && base !== one && known.has(`${team}/${base}`)
                  ? base
                  : undefined,
            }),
            more,
          ),
        ),
      ...(house
        ? [
            declare(
              "House",
              "",
              compact({
                ...house,
                owner:
                  house.owner !== undefined && declared.has(house.owner) ? house.owner : undefined,
              }),
            ),
          ]
        : []),
    ].map(normal);
  });

const observed: fc.Arbitrary<readonly Observed[]> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(name, teamSpec, optional(name)), {
      selector: ([one]) => one,
      maxLength: 4,
    }),
    fc.array(fc.tuple(name, name, seatSpec, optional(name)), { maxLength: 6 }),
    optional(fc.record({ owner: optional(name) })),
  )
  .map(([teams, seats, house]) => [
    ...teams.map(([one, spec, lead]) =>
      live(
        "Team",
        `t-${one}`,
        `${one}@x`,
        compact({ mail: `${one}@x`, ...spec, lead: lead && `t-${lead}` }),
      ),
    ),
    ...seats.map(([team, label, spec, base], index) =>
      live(
        "Seat",
        `s-${index}`,
        label,
        compact({ team: `t-${team}`, label, ...spec, base: base && `s-${base}` }),
      ),
    ),
    ...(house
      ? [live("House", "h", "", compact({ owner: house.owner && `t-${house.owner}` }))]
      : []),
  ]);

it("reaches any desired state from any observed one, or names what it cannot change and reaches the rest", () => {
  fc.assert(
    fc.property(desired, observed, fc.boolean(), (resources, objects, exclusive) => {
      const account: Account = {
        objects: new Map(objects.map((one) => [`${one.kind} ${one.id}`, one])),
        ids: new Map(),
        next: 0,
      };
      const again = () =>
        plan(
          inputOf(resources, [...account.objects.values()], {
            applied: ledger(Object.fromEntries(account.ids)),
            exclusive: exclusive ? ["Team"] : [],
          }),
        );
      const first = again();
      const blocked = new Set(
        first.problems.filter(({ severity }) => severity === "error").map(({ address }) => address),
      );
      expect(first.changes.filter(({ address }) => blocked.has(address))).toEqual([]);
      applyPlan(account, first, kinds);
      const second = again();
      // A removal may free what another address waited for; nothing is ever done twice.
      if (!hasErrors(first.problems)) expect([second.changes, second.problems]).toEqual([[], []]);
      else expect(second.changes.filter(({ address }) => !blocked.has(address))).toEqual([]);
    }),
    { numRuns: 600 },
  );
});

it("gives the same bytes whatever the order of resources and objects", () => {
  fc.assert(
    fc.property(desired, observed, fc.infiniteStream(fc.nat()), (resources, objects, random) => {
      const shuffled = <T>(items: readonly T[]) =>
        items
          .map((item) => ({ item, at: random.next().value as number }))
          .sort((left, right) => left.at - right.at)
          .map(({ item }) => item);
      const more = { exclusive: ["Team"] };
      expect(JSON.stringify(plan(inputOf(shuffled(resources), shuffled(objects), more)))).toBe(
        JSON.stringify(plan(inputOf(resources, objects, more))),
      );
    }),
    { numRuns: 500 },
  );
});
