import { lack } from "./conformance/applies.ts";
import { pickOffers } from "./conformance/offers.ts";
import { customers } from "./conformance/scenes/customers.ts";
import { opening } from "./conformance/scenes/opening.ts";
import { promises } from "./conformance/scenes/promises.ts";
import { singletons } from "./conformance/scenes/singletons.ts";
import { subscriptions } from "./conformance/scenes/subscriptions.ts";
import { users } from "./conformance/scenes/users.ts";
import { setStage } from "./conformance/stage.ts";
import type { ConformanceStep, AdapterUnderTest } from "./conformance/subject.ts";
import type { Adapter } from "./model/adapter.ts";
import type { Observed } from "./model/observed.ts";

export type { ConformanceStep as Step, AdapterUnderTest as Subject } from "./conformance/subject.ts";

const story = [...opening, ...users, ...customers, ...subscriptions, ...singletons, ...promises];

/**
 * Hello! You are adding an adapter, and this is the suite it has to pass: a story in steps, to be run one after the other, in this order.
 * Each step declares something, applies it with the real engine, plans again, and demands that there is nothing to do.
 * The suite belongs to no test framework; with vitest it takes these lines:
 *
 *     import { test } from "vitest";
 *     import { conformance } from "partnerctl/conformance";
 *     import { adapter } from "./adapter.mjs";
 *
 *     for (const { title, notApplicable, run } of await conformance({ adapter: async () => adapter({ folder }, { root }) }))
 *       test.skipIf(notApplicable)(notApplicable ? `${title} (${notApplicable})` : title, run);
 *
 * A step the adapter's `supports` rules out says so in `notApplicable`: show it as skipped. Each call tells the story on whatever account
 * the subject opens; give it one of its own. Throws what the adapter throws when it cannot even be opened.
 */
export async function conformance(subject: AdapterUnderTest): Promise<readonly ConformanceStep[]> {
  const adapter = await subject.adapter();
  const offers = pickOffers(adapter.supports.Offer ? await catalogueOf(adapter) : []);
  const stage = setStage(subject, adapter, offers);
  return story.map((scene) => {
    const notApplicable = lack(scene.needs, adapter, offers);
    return { title: scene.title, ...(notApplicable !== undefined && { notApplicable }), run: () => scene.play(stage) };
  });
}

async function catalogueOf(adapter: Adapter): Promise<readonly Observed[]> {
  const offers: Observed[] = [];
  for await (const offer of adapter.read({ kind: "Offer" }, new AbortController().signal)) offers.push(offer);
  return offers;
}
