import { randomBytes } from "node:crypto";
import { AdapterError } from "../../../model/adapter.ts";
import { isSpec } from "../../../model/values/json.ts";
import { say } from "../../../model/text/phrase.ts";
import { changeEffect, patchSpec, type Rules, rejection, textAt } from "./rules.ts";

/**
 * Customers: the domain must be unique, creation returns an admin credential once, only the billing
 * profile can change, and a customer cannot be deleted.
 */
export const customer: Rules = {
  kind: "Customer",
  fields: [
    "/domain",
    "/billing/companyName",
    "/billing/culture",
    "/billing/language",
    "/billing/email",
    "/billing/firstName",
    "/billing/lastName",
    "/billing/address",
  ],
  repeatable: ["create", "update"],
  create({ change, account, newId }) {
    const key = textAt(change.desired, "/domain").toLowerCase();
    if (key === "" || !isSpec(change.desired.billing))
      throw rejection(say`A customer needs a domain and a billing profile.`);
    if (account.withKey("Customer", key))
      throw new AdapterError("conflict", say`The domain ${key} is taken.`);
    const reply = {
      kind: "Customer",
      id: newId("Customer", key),
      key,
      spec: change.desired,
      version: 1,
    };
    return {
      objects: [reply],
      reply,
      credential: { userName: `admin@${key}`, secret: randomBytes(18).toString("base64url") },
    };
  },
  update: (request, old) =>
    changeEffect(old, { spec: patchSpec(request, old, ["/domain", "/billing/address/country"]) }),
};
