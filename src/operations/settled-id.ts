import { type Diagnostic, diagnostic } from "../model/diagnostic.ts";
import { type Address, kindOf } from "../model/address.ts";
import { isCreation, type LedgerState, type OpenIntent } from "../model/ledger/ledger-state.ts";
import { say, type Wording } from "../model/text/phrase.ts";
import { collect } from "./plan/observe.ts";
import type { View } from "./project/project.ts";

/**
 * The error for an id that a write cannot have made or changed: the account has no such object, or
 * it is another one. Undefined if the id is plausible.
 */
export async function doubtedId(
  view: View,
  intent: OpenIntent,
  id: string,
): Promise<Diagnostic | undefined> {
  return (await isThere(view, intent, id))
    ? another(intent, id, await view.state())
    : notThere(intent, id);
}

async function isThere(view: View, { kind, parentId }: OpenIntent, id: string): Promise<boolean> {
  if (!view.reader.supports[kind]) return true;
  const [one] = await collect(
    view.reader,
    { kind, id, ...(parentId !== undefined && { parentId }) },
    view.signal,
  );
  return one !== undefined;
}

/**
 * A new object did not exist before and has no other address in the ledger. A changed object is the
 * one that the write was sent to.
 */
function another(intent: OpenIntent, id: string, { ids }: LedgerState): Diagnostic | undefined {
  const isSame = (other: string) => other.toLowerCase() === id.toLowerCase();
  if (!isCreation(intent.action))
    return intent.id === undefined || isSame(intent.id)
      ? undefined
      : otherObject(intent, sentTo(intent, id));
  const [known] =
    Object.entries(ids).find(
      ([at, bound]) => kindOf(at as Address) === intent.kind && isSame(bound),
    ) ?? [];
  if (known !== undefined && known !== intent.address)
    return otherObject(intent, say`The ledger knows ${id} as ${known}.`);
  const before = [...(intent.existing ?? []), ...(intent.id === undefined ? [] : [intent.id])];
  return before.some(isSame)
    ? otherObject(intent, say`${id} was there before ${intent.change} was sent.`)
    : undefined;
}

function sentTo({ change, id: its = "" }: OpenIntent, id: string): Wording {
  return say`${change} was sent to ${its}, not to ${id}.`;
}

function otherObject({ change }: OpenIntent, message: Wording): Diagnostic {
  return diagnostic({
    severity: "error",
    code: "settle/other-object",
    message,
    hint: say`Look up the id of what ${change} made or changed; or say \`partnerctl ledger settle ${change} --did-not-happen\`.`,
  });
}

function notThere({ kind, change }: OpenIntent, id: string): Diagnostic {
  return diagnostic({
    severity: "error",
    code: "settle/no-such-id",
    message: say`The account has no ${kind} with the id ${id}.`,
    hint: say`Look it up in the account; or say \`partnerctl ledger settle ${change} --did-not-happen\`.`,
  });
}
