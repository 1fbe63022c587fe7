import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "../../../src/emulator/emulator.ts";
import { drawBilling } from "../../../src/emulator/account/billing/billing-ways.ts";
import { type InvoiceEvidence, reconcile } from "../../../src/kinds/invoice/reconcile.ts";
import type { Bill } from "../../../src/model/billing/invoice.ts";
import type { Reconciliation } from "../../../src/model/billing/reconciliation.ts";
import { readBills, readInvoices, readRuns } from "../../../src/operations/invoices.ts";
import {
  type EmulatedExample,
  setUpEmulatedExample,
} from "../../adapters/partner-center/emulated-example.ts";

/** What a simulated year left behind: its bills, and what they are compared with. */
export interface SimulatedYear {
  readonly bills: readonly Bill[];
  readonly evidence: InvoiceEvidence;
  readonly applied: number;
  again(bills: readonly Bill[]): Reconciliation;
}

/** Numbers from 0 to below a limit, the same for the same seed. */
function drawsOf(seed: number): (limit: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % limit;
  };
}

/**
 * Changes seats and states of the example's subscriptions at random through the tool, so many times
 * a month, while the emulator's clock moves on by 13 months; then reads all invoices.
 */
export async function simulateYear(seed: number, changes: number): Promise<SimulatedYear> {
  const example = await setUpEmulatedExample(`year ${seed}`);
  const { service, shop } = example;
  try {
    const billing = drawBilling(`year ${seed}`);
    service.control.setQuirks({ billing });
    const draw = drawsOf(seed);
    let applied = 0;
    await applyAll(example);
    for (let month = 0; month < 13; month += 1)
      for (let part = 0; part < changes; part += 1) {
        advanceDays(service, Math.floor(28 / changes) + draw(5));
        if (draw(4) === 0) continue;
        changeManifests(shop.folder, draw);
        applied += await applyAll(example);
      }
    advanceDays(service, 31);
    return { ...(await collected(example)), applied };
  } finally {
    await example.close();
  }

  async function collected({ shop }: EmulatedExample): Promise<Omit<SimulatedYear, "applied">> {
    const billing = service.control.quirks().billing;
    return shop.at(async ({ view }) => {
      const listed = await readInvoices(view);
      if (!listed.ok) throw new Error(JSON.stringify(listed.diagnostics));
      const bills: Bill[] = [];
      for (const { id } of listed.value.invoices) {
        const read = await readBills(view, { id });
        if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
        bills.push(...read.value);
      }
      const prices = view.catalogue([], "2026-12-01");
      if (!prices.ok) throw new Error(JSON.stringify(prices.diagnostics));
      const evidence: InvoiceEvidence = {
        runs: await readRuns(view.ledger),
        priceOn: (offerId, cycle) => {
          const price = prices.value.price(offerId, cycle);
          return (
            price && {
              amount: cycle === "annual" ? price.committed : price.perMonth,
              currency: price.currency,
            }
          );
        },
        rounding: { of: billing.per, how: billing.rounding },
        minutesAhead: 0,
      };
      return { bills, evidence, again: (given) => reconcile(given, evidence) };
    });
  }
}

/** Moves on to a later day, always at noon. */
function advanceDays(service: Emulator, days: number): void {
  const now = service.control.now();
  const noon = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + days, 12);
  service.control.advance(Math.floor((noon - now.getTime()) / 1000));
}

async function applyAll({ shop }: EmulatedExample): Promise<number> {
  const { receipt, diagnostics } = await shop.apply({
    allow: [
      ...["irreversible", "removals", "service", "rights", "seats-taken", "money-taken"],
      ...["seats", "count", "money", "committed", "creates", "price-unknown"],
    ] as never,
  });
  if (diagnostics.length > 0 && receipt === undefined) throw new Error(JSON.stringify(diagnostics));
  if (receipt === undefined) return 0;
  const wrong = receipt.results.filter(({ status }) => status === "failed" || status === "unknown");
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
  return receipt.results.length;
}

/** Changes the seats of about half of the subscriptions, and suspends or reactivates one. */
function changeManifests(folder: string, draw: (limit: number) => number): void {
  const customers = join(folder, "manifests", "customers");
  for (const file of readdirSync(customers)) {
    const path = join(customers, file);
    const before = readFileSync(path, "utf8");
    if (file === "northwind.yaml") {
      const isSuspended = before.includes("  status: suspended\n");
      if (isSuspended || draw(4) === 0) {
        const cycle = "  billingCycle: monthly\n";
        const suspended = before.replace(cycle, `${cycle}  status: suspended\n`);
        writeFileSync(path, isSuspended ? before.replace("  status: suspended\n", "") : suspended);
        continue;
      }
    }
    const after = before.replaceAll(/quantity: (\d+)/g, (all, seats) =>
      draw(2) === 0 ? all : `quantity: ${Math.max(2, Number(seats) + draw(21) - 10)}`,
    );
    writeFileSync(path, after);
  }
}
