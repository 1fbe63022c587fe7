import type { OrderProposal, WriteContext } from "../../model/adapter.ts";
import type { Change } from "../../model/plan/plan.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { formatMoney, hundredths, type Money } from "../../model/values/money.ts";
import { type ApplyRun, remarkOn } from "../apply/apply-run.ts";
import { subjectOf } from "./ledger-values.ts";
import { recordEvents } from "./record-events.ts";
import { type Ending, type EndingDraft, endAsStale } from "./step-results.ts";
import { WordedError } from "../../model/text/worded-error.ts";
import { record, textOf } from "../../model/text/recorded.ts";

/** A proposal must not be ordered. Nothing was sent that orders it. */
export class ProposalDeclined extends WordedError {
  readonly ending: Ending;
  override readonly name = "ProposalDeclined";

  constructor(draft: EndingDraft) {
    const ending = record(draft);
    super(textOf(ending, "because"));
    this.ending = ending;
  }
}

/** What an adapter gets to propose with, and the latest proposal. */
export type Proposer = Pick<WriteContext, "propose"> & { readonly proposal: string | undefined };

/** Records the proposals of a change and judges their prices. `earlier`: that of an earlier run. */
export function makeProposer(run: ApplyRun, change: Change, earlier: string | undefined): Proposer {
  let known = earlier;
  return {
    async propose(proposal) {
      const { id } = proposal;
      const price = priceOf(proposal);
      const what = { type: "proposed", proposal: id, ...(price && { price }) } as const;
      if (id !== known)
        await recordEvents(run, { at: run.view.now(), ...subjectOf(run, change), ...what });
      known = id;
      judgePrice(run, change, proposal);
    },
    get proposal() {
      return known;
    },
  };
}

function priceOf({ amount, currency }: OrderProposal): Money | undefined {
  return amount === undefined || currency === undefined ? undefined : { amount, currency };
}

/**
 * Compares a proposal's price with the plan's, before tax and for the whole term. Throws
 * ProposalDeclined if it is higher or in another currency, or missing where the settings require
 * one. Remarks a price that could not be compared.
 */
function judgePrice(run: ApplyRun, change: Change, proposal: OrderProposal): void {
  const { money } = change.impact;
  const { id, currency } = proposal;
  if (money && currency !== undefined && currency !== money.currency)
    throw tooDear(say`The service asks in ${currency}, and the plan counts in ${money.currency}.`);
  const price = priceOf(proposal);
  if (!price) withoutPrice(run, change, id);
  else if (!money) {
    const message = say`The price of the cart ${id} (${told(price)}) is not compared: the plan knows no price for it.`;
    remarkOn(run, { change: change.id, code: "price/not-compared", message });
  } else if (hundredths(price.amount) > hundredths(money.committed)) {
    const planned = { amount: money.committed, currency: money.currency };
    throw tooDear(
      say`The service asks ${told(price)} for the whole term before tax, and the plan says ${told(planned)}.`,
    );
  }
}

function tooDear(why: Wording): ProposalDeclined {
  return new ProposalDeclined({
    ...endAsStale("stale/price", say`${why} Nothing was bought.`),
    hint: say`Put the price list in force into the settings, and plan again.`,
  });
}

function withoutPrice(run: ApplyRun, change: Change, id: string): void {
  const code = "price/not-quoted";
  if (run.project.settings.orders.quote !== "required") {
    const message = say`The cart ${id} says no price, so its price is not compared.`;
    remarkOn(run, { change: change.id, code, message });
    return;
  }
  throw new ProposalDeclined({
    status: "failed",
    code,
    because: say`The cart ${id} says no price, and the settings require one. Nothing was bought.`,
    hint: say`If it is meant, set orders: { quote: optional } in partnerctl.yaml.`,
  });
}

function told({ amount, currency }: Money): string {
  return formatMoney(hundredths(amount), currency);
}
