import type { Probe } from "../../../model/probe.ts";
import { say } from "../../../model/text/phrase.ts";
import type { Service } from "../kind-adapter.ts";

/**
 * What is off because only the application signs in, and what there is instead
 * (auth-and-protocol.md, section 2). Nothing if a user signs in.
 */
export function missingUserFeatures({ options, supports }: Service): readonly Probe[] {
  if (options.signIns.includes("user")) return [];
  const features = [
    {
      isWanted: supports.PartnerProfile === undefined,
      what: say`Read and write the partner's profiles.`,
      hint: say`Change them in the portal, or let a user sign in: signIn: both, then partnerctl login.`,
    },
    {
      isWanted: supports.Subscription?.verbs.includes("create"),
      what: say`Read whether an order is provisioned.`,
      hint: say`Instead, the subscription is read until it is active.`,
    },
    {
      isWanted: supports.Subscription?.verbs.includes("upgrade"),
      what: say`Upgrade subscriptions where the service demands a user.`,
      hint: say`An upgrade that is refused to the application is done in the portal.`,
    },
    {
      isWanted: options.invoices,
      what: say`Read the balance of each currency.`,
      hint: say`Instead, partnerctl invoices shows the account's own; partnerctl reconcile --file reads invoices as downloaded.`,
    },
  ];
  const said = say`Only the application signs in here.`;
  return features
    .filter(({ isWanted }) => isWanted)
    .map(({ what, hint }) => ({
      ...{ what, hint, said, token: "user", allowed: false, optional: true },
    }));
}
