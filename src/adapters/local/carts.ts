import { AdapterError, type ProposalState, type WriteContext } from "../../model/adapter.ts";
import { say } from "../../model/text/phrase.ts";
import type { LocalAccount } from "./account.ts";
import type { Stored } from "./contents.ts";

/** The kind that carts are stored as. They are no objects that a manifest could declare. */
const kind = "Cart";

interface Making {
  readonly at: string;
  newId(kind: string, ...about: readonly string[]): string;
}

/**
 * The cart of an earlier try, or a new one, which is stored and proposed. Throws AdapterError
 * `unknown-outcome` if the earlier one is not there.
 */
export async function cartOf(
  account: LocalAccount,
  context: WriteContext,
  { at, newId }: Making,
): Promise<Stored> {
  if (context.proposal !== undefined) return earlier(account, context, context.proposal);
  const id = newId(kind, context.requestId);
  const made: Stored = { kind, id, key: id, spec: {}, version: 1 };
  await context.permit();
  await account.write({ type: "written", at, reply: id, objects: [made] });
  await context.propose({ id });
  return made;
}

async function earlier(account: LocalAccount, context: WriteContext, id: string): Promise<Stored> {
  const found = account.find(kind, id);
  if (found === undefined)
    throw new AdapterError(
      "unknown-outcome",
      say`The cart ${id} of an earlier try cannot be read, so that it cannot be ordered again.`,
    );
  if (orderedBy(found) === undefined) await context.propose({ id });
  return found;
}

/** The id of what a cart has ordered. Undefined if it has ordered nothing yet. */
export function orderedBy({ spec }: Stored): string | undefined {
  return typeof spec.ordered === "string" ? spec.ordered : undefined;
}

/** A cart once it has ordered an object. */
export function orderedCart(cart: Stored, { id }: Stored): Stored {
  return { ...cart, spec: { ordered: id }, version: cart.version + 1 };
}

/** What became of a cart. */
export function cartState(account: LocalAccount, id: string): ProposalState {
  const found = account.find(kind, id);
  if (found === undefined) return "unknown";
  return orderedBy(found) === undefined ? "open" : "ordered";
}
