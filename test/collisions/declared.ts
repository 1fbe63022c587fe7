import { stringify } from "yaml";
import { type PriceList, parsePriceList } from "../../src/kinds/prices/price-list.ts";
import type { Settings } from "../../src/model/generated/settings.ts";
import { settingsWith } from "../settings.ts";
import type { Source } from "../../src/model/source.ts";
import { demand, sourcesOf } from "../engine-harness.ts";
import type { Story } from "./draw-story.ts";
import { suzhou } from "../addresses.ts";

/** What a customer is to hold: so many seats of an offer, once. */
export interface Order {
  readonly domain: string;
  readonly offer: string;
  readonly seats: number;
}

/** Offers, and what they are for in a story. */
export const offers = {
  office: "5FA4F213-638C-5693-ADE5-924129D90D90",
  drawing: "41A4B456-C2FA-5E42-A5FF-E89D3E56B989",
  reports: "FF5E24CB-FD48-5444-B098-C83D936ED950",
  hall: "B0C6D2D1-E595-51BC-91F9-C8C093592C1C",
} as const;

/** The domains of the two customers; of the second nothing but its reports is declared. */
export const domains = {
  fabrikam: "fabrikam.partner.onmschina.cn",
  tailspin: "tailspin.partner.onmschina.cn",
} as const;
/** Of another one like the first order: by its seats it is told from it. */
const likeSeats = 4;
const limits = { seats: 40, moneyPerMonth: 2000 } as const;
/** What is ordered before the story begins, unless it begins with nothing. */
export const founding = -1;

/** What a version of the manifests declares: the story's own account of what is to be there. */
export function ordersOf(story: Story, version: number): readonly Order[] {
  const { fabrikam, tailspin } = domains;
  const last = story.plans.length - 1;
  return [
    { domain: tailspin, offer: offers.reports, seats: 5 },
    { domain: fabrikam, offer: offers.reports, seats: version > 0 ? 7 : 5 },
    ...(version >= 0 ? [{ domain: fabrikam, offer: offers.office, seats: 5 }] : []),
    ...(version > 0 ? [{ domain: fabrikam, offer: offers.drawing, seats: 3 }] : []),
    ...(story.like && version > 0
      ? [{ domain: fabrikam, offer: offers.office, seats: likeSeats }]
      : []),
    ...(story.limit && version === last
      ? [{ domain: fabrikam, offer: offers.hall, seats: 100 }]
      : []),
  ];
}

/** The manifests of a version. */
export function sources(story: Story, version: number): readonly Source[] {
  const renamed = story.rename !== "none" && version >= story.renamedIn;
  const isRenamed = (what: "object" | "parent") =>
    renamed && (story.rename === what || story.rename === "both");
  const named = (what: "object" | "parent", before: string, now: string) =>
    isRenamed(what)
      ? { name: now, ...(story.declared && { previously: [before] }) }
      : { name: before };
  const fabrikam = named("parent", "fabrikam", "fab");
  const names: Readonly<Record<string, { readonly name: string }>> = {
    [offers.office]: named("object", "office", "office-e3"),
    [offers.drawing]: { name: "drawing" },
    [offers.reports]: { name: "reports" },
    [offers.hall]: { name: "hall" },
  };
  const documents = [
    customer(fabrikam, domains.fabrikam),
    customer({ name: "tailspin" }, domains.tailspin),
    ...ordersOf(story, version).map(({ domain, offer, seats }) =>
      manifest(
        "Subscription",
        seats === likeSeats ? { name: "branch", allowDuplicate: true } : (names[offer] ?? {}),
        {
          customer: domain === domains.fabrikam ? fabrikam.name : "tailspin",
          ...{ offer, quantity: seats },
        },
      ),
    ),
  ];
  return sourcesOf([["manifests/all.yaml", documents.map((one) => stringify(one)).join("---\n")]]);
}

/** The settings of a story; `decided` where a person has said that the big order is meant. */
export function settingsOf({ limit }: Story, decided: boolean): Settings {
  const { seats, moneyPerMonth } = limits;
  const rules = [{ when: { moneyPerMonth }, approvals: 1 }];
  return settingsWith({
    ...(limit === "seats" && { guards: { seats } }),
    ...(limit === "money" && { guards: { moneyPerMonth } }),
    ...(limit === "approval" && !decided && { approvals: { signers: "allowed_signers", rules } }),
  });
}

/** Prices, as they are or once they rose. */
export function pricesOf(rose: boolean): PriceList {
  const rows = [
    [offers.office, rose ? "151.00,1757.64" : "150.00,1746.00"],
    [offers.drawing, "105.00,1222.20"],
    [offers.reports, "70.00,814.80"],
    [offers.hall, "28.00,325.92"],
  ].map(([id, prices]) => `${id},Offer,CNY,${prices}`);
  const head = "Durable Offer ID,Offer Display Name,Currency,Price per month,Price per year";
  return demand(parsePriceList([head, ...rows, ""].join("\n"), "prices.csv"));
}

function customer(metadata: object, domain: string): object {
  const billing = {
    ...{
      companyName: domain,
      culture: "zh-CN",
      language: "zh-CHS",
      email: "finance@customer.example",
    },
    ...{ firstName: "Jun", lastName: "Sun", address: suzhou },
  };
  return manifest("Customer", metadata, { domain, billing });
}

function manifest(kind: string, metadata: object, spec: object): object {
  return { apiVersion: "partnercenter/v1", kind, metadata, spec };
}
