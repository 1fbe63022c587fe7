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

export type {
  ConformanceStep as Step,
  AdapterUnderTest as Subject,
} from "./conformance/subject.ts";

const story = [...opening, ...users, ...customers, ...subscriptions, ...singletons, ...promises];

/**
 * The conformance suite for adapters, as steps. Run them one after the other, in this order. Most
 * steps declare objects, apply them with the real engine and assert that a new plan is empty.
 *
 * The suite works with any test framework. With vitest:
 *
 *     import { test } from "vitest";
 *     import { conformance } from "partnerctl/conformance";
 *     import { adapter } from "./adapter.mjs";
 *
 *     const subject = { adapter: async () => adapter({ folder }, { root }) };
 *     for (const { title, notApplicable, run } of await conformance(subject))
 *       test.skipIf(notApplicable)(notApplicable ? `${title} (${notApplicable})` : title, run);
 *
 * Report a step with `notApplicable` as skipped: the adapter's `supports` excludes it. The steps
 * change the account that the subject opens, so use an account for tests only. Throws the adapter's
 * error if it cannot be opened or its offers cannot be read.
 */
export async function conformance(subject: AdapterUnderTest): Promise<readonly ConformanceStep[]> {
  const adapter = await subject.adapter();
  const offers = pickOffers(adapter.supports.Offer ? await catalogueOf(adapter) : []);
  const stage = setStage(subject, adapter, offers);
  return story.map((scene) => {
    const notApplicable = lack(scene.needs, adapter, offers);
    return {
      title: scene.title,
      ...(notApplicable !== undefined && { notApplicable }),
      run: () => scene.play(stage),
    };
  });
}

async function catalogueOf(adapter: Adapter): Promise<readonly Observed[]> {
  const offers: Observed[] = [];
  for await (const offer of adapter.read({ kind: "Offer" }, new AbortController().signal))
    offers.push(offer);
  return offers;
}
