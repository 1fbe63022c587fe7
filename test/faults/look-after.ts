import { lookAfterPurchases } from "../../src/conformance/look-after.ts";
import type { Address } from "../../src/model/address.ts";
import type { ApplyResult } from "../../src/operations/apply/apply.ts";
import { settle } from "../../src/operations/settle/settle.ts";
import type { OpenedProject } from "../operations/project-harness.ts";

/**
 * Does what apply asks of a person who has looked: says that a purchase that does not show did not
 * happen, and the same of what was sent with other values and shows so little that this apply was
 * to make it anew.
 */
export async function lookAfter(
  { project, view, writers }: OpenedProject,
  { plan }: ApplyResult,
): Promise<void> {
  await lookAfterPurchases({ project, view, writers });
  const { attempts } = await view.state();
  for (const { code, address = "" } of plan?.problems ?? []) {
    const sent = code === "ledger/attempt" ? attempts[address as Address]?.pending : undefined;
    if (sent)
      await settle(project, view, writers, {
        change: sent.change,
        didNotHappen: true,
        actor: "somebody who has looked",
      });
  }
}
