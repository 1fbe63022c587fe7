import { LedgerMoved, type LedgerTraits } from "../../src/model/ledger/ledger.ts";
import { beginning } from "../../src/store/ledger/chain/chain.ts";
import { lastAppend } from "../../src/store/ledger/chain/ends.ts";
import type { LedgerSigner } from "../../src/store/ledger/chain/signed.ts";
import { signedLedger } from "../../src/store/ledger/chain/signed.ts";
import type { Snapshot } from "../../src/store/ledger/chain/snapshot.ts";
import type { Storage, StoredLedger } from "../../src/store/ledger/chain/stored-ledger.ts";
import { testLedger } from "../store/test-ledger.ts";
import { ledgerConformance } from "./ledger.ts";

/**
 * A table of entries, one a row, that all who open it share; and what one machine has seen of it.
 */
interface Table {
  rows: readonly string[];
}
interface Machine {
  seen?: { readonly place: number; readonly row: string };
}

const traits: LedgerTraits = { lasts: true, ownKey: false, publishesPlans: false };

/** Places are numbers of rows: no byte is counted anywhere. */
function snapshotOf(rows: readonly string[]): Snapshot {
  return {
    end: rows.length,
    measure: () => 1,
    lines: async function* (from) {
      if (from < rows.length) yield { lines: rows.slice(from), end: rows.length };
    },
    firstLine: async () => rows[0],
    lastLine: async (before) => {
      const line = rows[before - 1];
      return line === undefined ? undefined : { line, start: before - 1, end: before };
    },
    atomic: true,
  };
}

function storageOf(table: Table, machine: Machine): Storage {
  const repair = () => Promise.reject(new Error("a table in memory has no copy"));
  return {
    traits,
    where: "a table",
    measure: () => 1,
    repair,
    look: async () => {
      const { rows } = table;
      const { seen } = machine;
      const there = seen === undefined || rows[seen.place - 1] === seen.row;
      return {
        ...snapshotOf(rows),
        ...(!there && { gone: "a row that this machine has seen is gone" }),
        saw: async ({ offset }) => {
          machine.seen = { place: offset, row: rows[offset - 1] ?? "" };
        },
      };
    },
    extend: async (after, lines) => {
      const { rows } = table;
      const end = (await lastAppend(snapshotOf(rows)))?.position ?? beginning;
      if (end.head !== after)
        throw new LedgerMoved(`the table has moved on: its head is ${end.head}, not ${after}`);
      const made = await lines(end, async () => snapshotOf(rows));
      // What a database does with a unique number of a row: of two that add the same one, the
      // second is refused.
      if (table.rows !== rows) throw new LedgerMoved("somebody else has added rows");
      table.rows = [...rows, ...made.lines];
      machine.seen = { place: made.end.offset, row: table.rows.at(-1) ?? "" };
      return made.end.head;
    },
  };
}

ledgerConformance({
  name: "rows",
  make: async () => {
    const table: Table = { rows: [] };
    const machine: Machine = {};
    let before: readonly string[] | undefined;
    const at = (from: Machine, keys: Partial<LedgerSigner>): StoredLedger =>
      signedLedger(storageOf(table, from), { now: () => new Date(), ...keys });
    return {
      open: (keys = testLedger) => at(machine, keys),
      forget: (more) => at({}, { ...testLedger, ...more }),
      tamper: async (change) => {
        before ??= table.rows;
        table.rows = change(table.rows.map((row) => `${row}\n`).join(""))
          .split("\n")
          .slice(0, -1);
      },
      undo: async () => {
        table.rows = before ?? [];
      },
    };
  },
  clear: async () => {},
});
