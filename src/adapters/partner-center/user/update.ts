import type { WriteContext } from "../../../model/adapter.ts";
import type { Observed } from "../../../model/observed.ts";
import { equal, type Json, type Spec } from "../../../model/values/json.ts";
import { valueAt } from "../../../model/values/pointer.ts";
import { acceptReply, type Call } from "../http/client.ts";
import {
  asksFor,
  type ChangeTo,
  demandSame,
  part,
  patchFields,
  type Service,
  throwMissing,
} from "../kind-adapter.ts";
import { textAt } from "../reading.ts";
import { fetch, omitDirectoryFields, ownSpec, plainFields, userPath } from "./reading.ts";
import { grant, revoke } from "./membership.ts";
import * as roles from "./roles.ts";

/** Returns the Graph fields whose desired values differ from the body. */
export function changedFields(service: Service, wanted: Spec, body: Json | undefined): Spec {
  const { recovery } = service.options;
  const old = ownSpec(service, body);
  const plain = plainFields.filter(
    (field) => wanted[field] !== undefined && wanted[field] !== old[field],
  );
  const { alternateEmail, mobilePhone } = part(wanted, "recovery");
  const before = part(old, "recovery");
  const others = valueAt(body, `/${recovery.alternateEmail || "otherMails"}`);
  const rest = Array.isArray(others) ? others.slice(1) : [];
  return {
    ...Object.fromEntries(plain.map((field) => [field, wanted[field] ?? null])),
    ...(recovery.alternateEmail &&
      alternateEmail !== undefined &&
      alternateEmail !== before.alternateEmail && {
        [recovery.alternateEmail]: [alternateEmail, ...rest],
      }),
    ...(recovery.mobilePhone &&
      mobilePhone !== undefined &&
      mobilePhone !== before.mobilePhone && { [recovery.mobilePhone]: mobilePhone }),
  };
}

/**
 * Updates a user's fields, then its roles. Throws AdapterError `conflict` if they have changed
 * since they were read.
 */
export async function updateUser(
  service: Service,
  change: ChangeTo<"update">,
  context: WriteContext,
): Promise<Observed> {
  const { id } = change.observed;
  const { signal } = context;
  const body = await fetch(service, id, signal);
  if (body === undefined) throwMissing(change);
  const own = ownSpec(service, body);
  if (context.current) demandSame(own, omitDirectoryFields(context.current.spec), change);
  const has =
    asksFor(change, "/roles") || !context.current
      ? await rolesBefore(service, change, context)
      : undefined;
  const known = has ? roles.toSpec(has) : context.current?.spec.roles;
  const before: Spec = { ...own, ...(known !== undefined && { roles: known }) };
  const wanted = patchFields(before, change);
  const fields = changedFields(service, wanted, body);
  if (Object.keys(fields).length > 0) {
    const call: Call = {
      method: "PATCH",
      path: userPath(id),
      body: fields,
      repeatable: true,
      signal,
    };
    acceptReply(call, await service.wire.graph(call));
  }
  if (has && !equal(before.roles, wanted.roles))
    await moveRoles(service, { id, has, wanted: part(wanted, "roles"), signal });
  const key = (textAt(wanted, "/userPrincipalName") ?? change.observed.key).toLowerCase();
  return { kind: change.kind, id, key, spec: wanted };
}

/**
 * The user's current roles: as just read, if all are known, otherwise read again. Stale roles do no
 * harm, because a grant or revocation overwrites no other role.
 */
async function rolesBefore(
  service: Service,
  change: ChangeTo<"update">,
  { current, signal }: WriteContext,
): Promise<readonly roles.Role[]> {
  const known = current?.id === change.observed.id ? current.handle?.roles : undefined;
  if (known !== undefined) return JSON.parse(known);
  const has = await roles.rolesOf(service, change.observed.id, signal);
  if (current) demandSame(roles.toSpec(has), part(current.spec, "roles"), change);
  return has;
}

interface Move {
  readonly id: string;
  readonly has: readonly roles.Role[];
  readonly wanted: Spec;
  readonly signal: AbortSignal;
}

/**
 * Grants roles before revoking others, so that the user never has none. Only roles that a read
 * would not show beside the new ones are revoked first: otherwise an interrupted change would look
 * complete.
 */
async function moveRoles(
  service: Service,
  { id: userId, has, wanted, signal }: Move,
): Promise<void> {
  const will = roles.fromSpec(wanted, has);
  const lost = has.filter((one) => !roles.includes(will, one));
  const hidden = lost.filter((one) => equal(roles.toSpec([...will, one]), roles.toSpec(will)));
  for (const role of hidden) await revoke(service, { role, userId, signal });
  for (const role of will.filter((one) => !roles.includes(has, one)))
    await grant(service, { role, userId, signal });
  for (const role of lost.filter((one) => !hidden.includes(one)))
    await revoke(service, { role, userId, signal });
}
