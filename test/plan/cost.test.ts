import { expect, it } from "vitest";
import type { Kind } from "../../src/model/kind.ts";
import { plan } from "../../src/plan/plan.ts";
import { declare, inputOf, kinds, ledger, live } from "./toys.ts";

/**
 * Calls of a kind's functions while a plan is made: teams with ten seats each, all to be created,
 * changed, removed or left alone.
 */
function calls(count: number, how: "create" | "change" | "remove" | "idle"): number {
  let number = 0;
  const counted = kinds.map(
    (kind): Kind => ({
      ...kind,
      normalize: (spec) => {
        number += 1;
        return kind.normalize(spec);
      },
      key: (spec, name) => {
        number += 1;
        return kind.key(spec, name);
      },
      gone: (spec) => {
        number += 1;
        return kind.gone(spec);
      },
      impact: (change, context) => {
        number += 1;
        return kind.impact(change, context);
      },
      checks: (change, world) => {
        number += world.after(change.kind, change.parent ?? "").length;
        return kind.name === "Team" ? [] : kind.checks(change, world);
      },
    }),
  );
  const state = how === "remove" ? { state: "absent" as const } : {};
  const value = how === "change" ? 2 : 1;
  const names = Array.from({ length: count }, (_, index) => `t${index}`);
  const seats = names.flatMap((team) =>
    Array.from({ length: 10 }, (_, index) => ({ team, label: `s${index}`, product: `p${index}` })),
  );
  const resources = [
    ...names.map((one) => declare("Team", one, { mail: one, size: value }, state)),
    ...seats.map((one) => declare("Seat", one.label, { ...one, quantity: value }, state)),
  ];
  const observed =
    how === "create"
      ? []
      : [
          ...names.map((one) => live("Team", one, one, { mail: one, size: 1 })),
          ...seats.map((one) =>
            live("Seat", `${one.team}${one.label}`, one.label, { ...one, quantity: 1 }),
          ),
        ];
  plan(inputOf(resources, observed, { kinds: counted, applied: ledger() }));
  return number;
}

it.each(["create", "change", "remove", "idle"] as const)(
  "asks the kinds in proportion to the resources: %s",
  (how) => {
    const [small, large] = [calls(20, how), calls(200, how)];
    expect(large).toBeLessThanOrEqual(small * 10 * 1.05);
  },
);
