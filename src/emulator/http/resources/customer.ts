import { address, flag, object, text } from "../pipeline/schemas.ts";
import { list, self, shape, typedResource, word } from "./shape.ts";

const company = {
  tenantId: word,
  domain: word,
  companyName: word,
  ...typedResource("CustomerCompanyProfile"),
};

/** A customer's company profile, read on its own. */
export const companyProfile = shape({
  ...company,
  address: object({ country: text(2, 2) }),
  email: word,
  ...self,
});

const billing = {
  id: word,
  firstName: word,
  lastName: word,
  email: word,
  culture: word,
  language: word,
  companyName: word,
};

const billingOf = {
  ...billing,
  defaultAddress: address,
  ...typedResource("CustomerBillingProfile", true),
};

/** A customer's billing profile. It has links except in the response that created the customer. */
export const billingProfile = shape({ ...billingOf, ...self }, "firstName", "lastName", "links");

const inList = {
  id: word,
  companyProfile: shape({ ...company, ...self }, "links"),
  relationshipToPartner: word,
  ...typedResource("Customer"),
};

/** A customer in a list, without its billing profile. */
export const listedCustomer = shape({ ...inList, ...self });

/** A customer read by its id. */
export const customer = shape(
  {
    ...inList,
    ...self,
    commerceId: word,
    billingProfile,
    allowDelegatedAccess: flag,
    customDomains: list(word),
    associatedPartnerId: word,
  },
  "associatedPartnerId",
);

/** A customer that was just created. The credentials are shown once. */
export const newCustomer = shape(
  {
    ...inList,
    commerceId: word,
    billingProfile,
    userCredentials: shape({ userName: word, password: word }),
  },
  "userCredentials",
);
