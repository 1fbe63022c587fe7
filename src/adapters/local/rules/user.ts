import { AdapterError } from "../../../model/adapter.ts";
import { sha256 } from "../../../model/values/digest.ts";
import type { Spec } from "../../../model/values/json.ts";
import { say } from "../../../model/text/phrase.ts";
import {
  changeEffect,
  patchSpec,
  type WriteRequest,
  type Rules,
  rejection,
  textAt,
} from "./rules.ts";

/**
 * Partner users: the name must be unique, and a temporary password is required at creation and only
 * there. Deletion hides a user; there is no restore.
 */
export const user: Rules = {
  kind: "User",
  fields: [
    "/userPrincipalName",
    "/displayName",
    "/givenName",
    "/surname",
    "/accountEnabled",
    "/usageLocation",
    "/recovery/alternateEmail",
    "/recovery/mobilePhone",
    "/roles/agent",
    "/roles/administrator",
  ],
  repeatable: ["update", "remove"],
  create(request) {
    const { change, context, newId } = request;
    const key = userKey(change.desired);
    if (key === "") throw rejection(say`A user needs a userPrincipalName.`);
    if (context.credential === undefined) throw rejection(say`A user needs a temporary password.`);
    refuseTaken(request, key);
    const spec: Spec = {
      accountEnabled: true,
      roles: { agent: "none", administrator: "none" },
      ...change.desired,
    };
    const passwordHash = sha256(context.credential.secret);
    const reply = { kind: "User", id: newId("User", key), key, spec, version: 1, passwordHash };
    return { objects: [reply], reply };
  },
  update(request, old) {
    const spec = patchSpec(request, old, []);
    const key = userKey(spec);
    if (key !== old.key) refuseTaken(request, key);
    return changeEffect(old, { spec, key });
  },
  remove: (request, old) => changeEffect(old, { deletedAt: request.at }),
};

/** A user's key: the userPrincipalName in lower case. */
export function userKey(spec: Spec): string {
  return textAt(spec, "/userPrincipalName").toLowerCase();
}

function refuseTaken({ account }: WriteRequest, key: string): void {
  if (account.withKey("User", key))
    throw new AdapterError("conflict", say`There is already a user ${key}.`);
}
