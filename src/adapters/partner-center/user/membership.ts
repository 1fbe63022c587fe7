import { AdapterError } from "../../../model/adapter.ts";
import { say } from "../../../model/text/phrase.ts";
import { acceptReply } from "../http/client.ts";
import type { Service } from "../kind-adapter.ts";
import { pathSegment } from "../reading.ts";
import { activatedTemplates, groupOf, includes, type Role, rolePath, rolesOf } from "./roles.ts";

/** A user and a role to grant or revoke. */
export interface Membership {
  readonly role: Role;
  readonly userId: string;
  readonly signal: AbortSignal;
}

/** Grants a role, activating it first if needed. Succeeds if the user already has it. */
export async function grant(service: Service, membership: Membership): Promise<void> {
  const { role } = membership;
  if (role.type === "agent") return give(service, membership);
  const first = service.given.get(role.name);
  if (first !== undefined) await first.catch(() => {});
  const giving = give(service, membership);
  if (first === undefined) service.given.set(role.name, giving);
  return giving;
}

async function give(service: Service, membership: Membership): Promise<void> {
  const place = await placeToWrite(service, membership);
  const { role, userId, signal } = membership;
  const call = {
    method: "POST",
    path: `${place}/members/$ref`,
    body: { "@odata.id": `${service.wire.graphRoot}/directoryObjects/${pathSegment(userId)}` },
    repeatable: true,
    signal,
  } as const;
  const reply = await service.wire.graph(call);
  if (reply.status === 400 && includes(await rolesOf(service, userId, signal), role)) return;
  if (reply.status !== 404 || role.type === "agent") return void acceptReply(call, reply);
  await activate(service, role, signal);
  acceptReply(call, await service.wire.graph(call));
}

/** Revokes a role. Succeeds if the user does not have it. */
export async function revoke(service: Service, membership: Membership): Promise<void> {
  const place = await placeToWrite(service, membership);
  // Without /$ref, this request would delete the user.
  const call = {
    method: "DELETE",
    path: `${place}/members/${pathSegment(membership.userId)}/$ref`,
    signal: membership.signal,
  } as const;
  const reply = await service.wire.graph(call);
  if (reply.status !== 404) acceptReply(call, reply);
}

async function placeToWrite(service: Service, { role, signal }: Membership): Promise<string> {
  if (role.type === "administrator")
    return rolePath(service, service.options.roleTemplates[role.name]);
  const place = await groupOf(service, { name: role.name, known: service.groups.write, signal });
  if (place !== undefined) return place;
  const name = service.options.groups[role.name];
  throw new AdapterError(
    "rejected",
    say`The directory has no group ${name}: say what it is called here in adapters.partner-center.groups.${role.name}.`,
  );
}

async function activate(
  service: Service,
  role: Role & { readonly type: "administrator" },
  signal: AbortSignal,
): Promise<void> {
  const template = service.options.roleTemplates[role.name];
  const call = {
    method: "POST",
    path: "/v1.0/directoryRoles",
    body: { roleTemplateId: template },
    repeatable: true,
    signal,
  } as const;
  const reply = await service.wire.graph(call);
  if (reply.status < 400) return void service.activated.add(template.toLowerCase());
  if (!(await activatedTemplates(service, signal)).has(template.toLowerCase()))
    acceptReply(call, reply);
}
