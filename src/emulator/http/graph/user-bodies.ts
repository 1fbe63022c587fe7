import type { User } from "../../account/state.ts";
import type { Properties } from "./filter-tokens.ts";
import type { Schema } from "../pipeline/route.ts";
import { flag, object, text } from "../pipeline/schemas.ts";

/** The properties that Graph returns if the query selects none. */
export const defaultProperties = [
  "businessPhones",
  "displayName",
  "givenName",
  "id",
  "jobTitle",
  "mail",
  "mobilePhone",
  "officeLocation",
  "preferredLanguage",
  "surname",
  "userPrincipalName",
];

const optional = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });

const names = {
  givenName: optional(text(0, 64)),
  surname: optional(text(0, 64)),
  usageLocation: optional(text(2, 2)),
};

const passwordProfile = object(
  {
    password: text(1, 256),
    forceChangePasswordNextSignIn: flag,
    forceChangePasswordNextSignInWithMfa: flag,
  },
  "password",
);

/** The body of a POST of a user. */
export const newUser: Schema = object(
  {
    accountEnabled: flag,
    displayName: text(1, 256),
    mailNickname: text(1, 64),
    userPrincipalName: text(3, 113),
    passwordProfile,
    ...names,
  },
  "accountEnabled",
  "displayName",
  "mailNickname",
  "userPrincipalName",
  "passwordProfile",
);

/** The body of a PATCH of a user. */
export const sparseUser: Schema = object({
  accountEnabled: flag,
  displayName: text(1, 256),
  mailNickname: text(1, 64),
  userPrincipalName: text(3, 113),
  ...names,
});

/** The properties of a user by which lists can be filtered and sorted. */
export function userProperties({ id, userPrincipalName, properties, createdAt }: User): Properties {
  return { ...properties, id, userPrincipalName, createdDateTime: createdAt };
}
