import { createHash } from "node:crypto";
import { verifiedDomains } from "./seed.ts";
import { refuse } from "./refusal.ts";
import { expectOver } from "./rights.ts";
import type { User } from "./state.ts";
import type { Transaction } from "./transaction.ts";

/** Milliseconds for which a deleted user can be restored. */
export const restorableFor = 30 * 24 * 60 * 60 * 1000;

/** A user's fields as sent by the client. Null removes a property. */
export type UserFields = Readonly<Record<string, unknown>>;

const settable = [
  "accountEnabled",
  "displayName",
  "givenName",
  "surname",
  "mailNickname",
  "usageLocation",
  "userType",
  "jobTitle",
  "mobilePhone",
  "officeLocation",
  "preferredLanguage",
  "businessPhones",
  "city",
  "country",
  "department",
  "companyName",
  "state",
  "streetAddress",
  "postalCode",
  "otherMails",
  "passwordPolicies",
  "employeeId",
];

/** Contact details used to reset passwords: changing them can give control over the account. */
const contacts = ["mobilePhone", "businessPhones", "otherMails"];

/** All users that are not deleted. */
export function users(transaction: Transaction): readonly User[] {
  return [...transaction.all("users")].filter(({ deletedAt }) => deletedAt === undefined);
}

/**
 * Returns the user with this id or user principal name. Refuses with 404 if there is none or it is
 * deleted.
 */
export function user(transaction: Transaction, idOrName: string): User {
  const id = idOrName.includes("@")
    ? transaction.get("names", idOrName.toLowerCase())?.id
    : idOrName.toLowerCase();
  const found = id === undefined ? undefined : transaction.get("users", id);
  return found !== undefined && found.deletedAt === undefined ? found : notFound(idOrName);
}

/**
 * Creates a user. Stores only a hash of the password. Refuses (400) a weak password, an unknown
 * property, a name that is taken, and a name in a domain that is not verified.
 */
export function createUser(
  transaction: Transaction,
  fields: UserFields & {
    readonly userPrincipalName: string;
    readonly passwordProfile: { readonly password: string };
  },
): User {
  const { userPrincipalName, passwordProfile, ...rest } = fields;
  expectKnown(rest);
  expectName(transaction, userPrincipalName);
  if (!isStrong(passwordProfile.password)) {
    refuse(
      400,
      "Request_BadRequest",
      "The specified password does not comply with password complexity requirements. Please provide a different password.",
    );
  }
  const id = transaction.newId();
  const created: User = {
    id,
    userPrincipalName,
    properties: { userType: "Member", ...withoutNulls(rest) },
    createdAt: new Date(transaction.now).toISOString(),
    passwordHash: createHash("sha256").update(passwordProfile.password).digest("hex"),
  };
  transaction.put("users", id, created);
  transaction.put("names", userPrincipalName.toLowerCase(), { id });
  return created;
}

/**
 * Changes the given fields only. Refuses (403) a new password: applications cannot reset passwords.
 * Also refuses (403) new contact details of an administrator if the user is not a global one.
 */
export function updateUser(transaction: Transaction, idOrName: string, fields: UserFields): void {
  const before = user(transaction, idOrName);
  const { userPrincipalName = before.userPrincipalName, passwordProfile, ...rest } = fields;
  if (contacts.some((name) => name in rest)) expectOver(transaction, before.id);
  if (passwordProfile !== undefined)
    refuse(
      403,
      "Authorization_RequestDenied",
      "Insufficient privileges to complete the operation.",
    );
  expectKnown(rest);
  const name = String(userPrincipalName);
  if (name.toLowerCase() !== before.userPrincipalName.toLowerCase()) {
    expectName(transaction, name);
    transaction.remove("names", before.userPrincipalName.toLowerCase());
    transaction.put("names", name.toLowerCase(), { id: before.id });
  }
  transaction.put("users", before.id, {
    ...before,
    userPrincipalName: name,
    properties: withoutNulls({ ...before.properties, ...rest }),
  });
}

/** Deletes a user. It can be restored for 30 days; its name can be used again immediately. */
export function deleteUser(transaction: Transaction, idOrName: string): void {
  const before = user(transaction, idOrName);
  expectOver(transaction, before.id);
  transaction.put("users", before.id, {
    ...before,
    deletedAt: new Date(transaction.now).toISOString(),
  });
  transaction.remove("names", before.userPrincipalName.toLowerCase());
}

/** The deleted users that can still be restored. */
export function deletedUsers(transaction: Transaction): readonly User[] {
  return [...transaction.all("users")].filter(
    ({ deletedAt }) =>
      deletedAt !== undefined && Date.parse(deletedAt) + restorableFor > transaction.now,
  );
}

/**
 * Restores a deleted user with its memberships. Refuses if it cannot be restored any more (404) or
 * its name is taken (400).
 */
export function restoreUser(transaction: Transaction, id: string): User {
  const found = transaction.get("users", id.toLowerCase());
  if (
    found?.deletedAt === undefined ||
    Date.parse(found.deletedAt) + restorableFor <= transaction.now
  )
    return notFound(id);
  expectName(transaction, found.userPrincipalName);
  const { deletedAt: _, ...restored } = found;
  transaction.put("users", found.id, restored);
  transaction.put("names", found.userPrincipalName.toLowerCase(), { id: found.id });
  return restored;
}

function notFound(id: string): never {
  return refuse(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

function expectKnown(fields: UserFields): void {
  for (const name of Object.keys(fields)) {
    if (!settable.includes(name))
      refuse(400, "Request_BadRequest", `Property '${name}' is not supported for write.`);
  }
}

function expectName(transaction: Transaction, name: string): void {
  if (!verifiedDomains.some((domain) => name.toLowerCase().endsWith(`@${domain}`))) {
    refuse(
      400,
      "Request_BadRequest",
      "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.",
    );
  }
  if (transaction.get("names", name.toLowerCase()) !== undefined) {
    refuse(
      400,
      "Request_BadRequest",
      "Another object with the same value for property userPrincipalName already exists.",
    );
  }
}

function isStrong(password: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) =>
    kind.test(password),
  ).length;
  return password.length >= 8 && password.length <= 256 && kinds >= 3;
}

function withoutNulls(fields: UserFields): UserFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
