import { createHash } from "node:crypto";
import { verifiedDomains } from "./seed.ts";
import { refuse } from "./refusal.ts";
import { expectOver } from "./rights.ts";
import type { User } from "./state.ts";
import type { Transaction } from "./transaction.ts";

/** How long a deleted user can be restored, in milliseconds. */
export const restorableFor = 30 * 24 * 60 * 60 * 1000;

/** A user as a client sends it; null clears a property. */
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

/** How somebody is reached, which is how somebody could take over an account. */
const contacts = ["mobilePhone", "businessPhones", "otherMails"];

/** Everybody who is not deleted. */
export function users(transaction: Transaction): readonly User[] {
  return [...transaction.all("users")].filter(({ deletedAt }) => deletedAt === undefined);
}

/** The user with this id or user principal name; refuses (404) when there is none, or a deleted one. */
export function user(transaction: Transaction, idOrName: string): User {
  const id = idOrName.includes("@") ? transaction.get("names", idOrName.toLowerCase())?.id : idOrName.toLowerCase();
  const found = id === undefined ? undefined : transaction.get("users", id);
  return found !== undefined && found.deletedAt === undefined ? found : notFound(idOrName);
}

/** Creates a user; the password is checked, and kept as a hash. */
export function createUser(
  transaction: Transaction,
  fields: UserFields & { readonly userPrincipalName: string; readonly passwordProfile: { readonly password: string } },
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

/** Changes what was sent and nothing else. A password cannot be reset by a program here. */
export function updateUser(transaction: Transaction, idOrName: string, fields: UserFields): void {
  const before = user(transaction, idOrName);
  const { userPrincipalName = before.userPrincipalName, passwordProfile, ...rest } = fields;
  if (contacts.some((name) => name in rest)) expectOver(transaction, before.id);
  if (passwordProfile !== undefined) refuse(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
  expectKnown(rest);
  const name = String(userPrincipalName);
  if (name.toLowerCase() !== before.userPrincipalName.toLowerCase()) {
    expectName(transaction, name);
    transaction.remove("names", before.userPrincipalName.toLowerCase());
    transaction.put("names", name.toLowerCase(), { id: before.id });
  }
  transaction.put("users", before.id, { ...before, userPrincipalName: name, properties: withoutNulls({ ...before.properties, ...rest }) });
}

/** Deletes a user softly: it can be restored for 30 days, its name is free at once. */
export function deleteUser(transaction: Transaction, idOrName: string): void {
  const before = user(transaction, idOrName);
  expectOver(transaction, before.id);
  transaction.put("users", before.id, { ...before, deletedAt: new Date(transaction.now).toISOString() });
  transaction.remove("names", before.userPrincipalName.toLowerCase());
}

/** The users that can still be restored. */
export function deletedUsers(transaction: Transaction): readonly User[] {
  return [...transaction.all("users")].filter(
    ({ deletedAt }) => deletedAt !== undefined && Date.parse(deletedAt) + restorableFor > transaction.now,
  );
}

/** Brings a deleted user back, with its memberships. */
export function restoreUser(transaction: Transaction, id: string): User {
  const found = transaction.get("users", id.toLowerCase());
  if (found?.deletedAt === undefined || Date.parse(found.deletedAt) + restorableFor <= transaction.now) return notFound(id);
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
    if (!settable.includes(name)) refuse(400, "Request_BadRequest", `Property '${name}' is not supported for write.`);
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
    refuse(400, "Request_BadRequest", "Another object with the same value for property userPrincipalName already exists.");
  }
}

function isStrong(password: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password)).length;
  return password.length >= 8 && password.length <= 256 && kinds >= 3;
}

function withoutNulls(fields: UserFields): UserFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
