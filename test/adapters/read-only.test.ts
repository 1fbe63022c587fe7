import { expect, test } from "vitest";
import type { Adapter, Reader } from "../../src/model/adapter.ts";
import { readOnly } from "../../src/adapters/read-only.ts";

async function* none(): AsyncGenerator<never> {}

/** A reader with everything there is: a new member is an error of types here. */
const reader: Required<Reader> = {
  name: "whole",
  host: "api.example",
  simulated: true,
  supports: {},
  account: async () => ({ id: "account" }),
  read: none,
  proposal: async ({ id }) => (id === "cart" ? "ordered" : "open"),
  probe: async () => [],
  invoices: { list: none, lines: none, balances: none },
  audit: none,
  correlation: "session",
  clock: () => () => undefined,
  spent: () => ({ reads: 1, writes: 2 }),
  cost: () => ({ reads: 3, writes: 4 }),
};

test("what reads has all of an adapter but what writes and closes it", async () => {
  const adapter: Required<Adapter> = {
    ...reader,
    write: async () => undefined,
    close: async () => {},
  };
  const read = readOnly(adapter);
  expect(Object.keys(read).sort()).toEqual(Object.keys(reader).sort());
  const { signal } = new AbortController();
  expect(await read.proposal?.({ kind: "Subscription", id: "cart" }, signal)).toBe("ordered");
  expect(await read.probe?.(signal)).toEqual([]);
  expect(read.spent?.()).toEqual({ reads: 1, writes: 2 });
});
