import { etag } from "../../account/etag.ts";
import {
  vettedProfile,
  type ProfileKind,
  type ProfileName,
  profile,
  profileKinds,
  replaceProfile,
  verifiedMpn,
} from "../../account/profiles.ts";
import type { Profile } from "../../account/state.ts";
import { type Exchange, ok, type Route, type Schema, clientVersion } from "../pipeline/route.ts";
import { address, attributes, contact, object, text } from "../pipeline/schemas.ts";
import { link } from "./links.ts";

const bodies: Readonly<Record<Exclude<ProfileName, "mpn">, Schema>> = {
  legalbusiness: object(
    {
      companyName: text(1),
      address,
      primaryContact: contact,
      companyApproverAddress: address,
      companyApproverEmail: text(),
      vettingStatus: text(),
      vettingSubStatus: text(),
      profileType: text(),
      attributes,
    },
    "companyName",
    "address",
    "primaryContact",
  ),
  billing: object(
    {
      companyName: text(1),
      address,
      primaryContact: contact,
      purchaseOrderNumber: text(),
      taxId: text(),
      billingCurrency: text(),
      profileType: text(),
      attributes,
    },
    "companyName",
    "address",
    "primaryContact",
  ),
  organization: object(
    {
      id: text(),
      companyName: text(1),
      defaultAddress: address,
      tenantId: text(),
      domain: text(),
      email: text(),
      language: text(),
      culture: text(),
      profileType: text(),
      attributes,
    },
    "companyName",
    "defaultAddress",
  ),
  support: object({
    email: text(),
    telephone: text(),
    website: text(),
    profileType: text(),
    attributes,
  }),
};

/** The partner's profiles. */
export const profileRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/profiles/legalbusiness", handle: show("legalbusiness") },
  replace("legalbusiness"),
  { method: "GET", path: "/v1/profiles/billing", userOnly: true, handle: show("billing") },
  replace("billing"),
  {
    method: "GET",
    path: "/v1/profiles/organization",
    userOnly: true,
    handle: show("organization"),
  },
  replace("organization"),
  { method: "GET", path: "/v1/profiles/support", userOnly: true, handle: show("support") },
  { method: "GET", path: "/v1/profiles/supportprofile", userOnly: true, handle: show("support") },
  replace("support"),
  replace("support", "supportprofile"),
  {
    method: "GET",
    path: "/v1/profiles/mpn",
    userOnly: true,
    handle: (exchange) => {
      const { mpnId } = exchange.query;
      return mpnId === undefined
        ? show("mpn")(exchange)
        : ok(shown(exchange, "mpn", { fields: verifiedMpn(mpnId), version: 1 }));
    },
  },
];

function show(name: ProfileName): Route["handle"] {
  return (exchange) => {
    const found = exchange.read((transaction) => profile(transaction, name));
    const last = exchange.query.vettingVersion?.toLowerCase() === "lastfinalized";
    return ok(shown(exchange, name, last ? vettedProfile(found) : found));
  };
}

function replace(name: Exclude<ProfileName, "mpn">, path: string = name): Route {
  return {
    method: "PUT",
    path: `/v1/profiles/${path}`,
    userOnly: true,
    body: bodies[name],
    handle: (exchange) => {
      const body = exchange.body as Readonly<Record<string, unknown>>;
      return ok(
        shown(
          exchange,
          name,
          exchange.write((transaction) =>
            replaceProfile(transaction, name, {
              body,
              seen: clientVersion(exchange),
              vetting: exchange.quirks.vetting,
            }),
          ),
        ),
      );
    },
  };
}

function shown(exchange: Exchange, name: ProfileName, { fields, version }: Profile): object {
  const { objectType, profileType, etagged }: ProfileKind = profileKinds[name];
  return {
    ...fields,
    profileType,
    links: { self: link(exchange, `/profiles/${name}`) },
    attributes: { ...(etagged && { etag: etag(name, version) }), objectType },
  };
}
