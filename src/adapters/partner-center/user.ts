import { AdapterError, type WriteContext } from "../../model/adapter.ts";
import type { ApplyStep, Cost } from "../../model/plan/apply-step.ts";
import type { Observed } from "../../model/observed.ts";
import { say } from "../../model/text/phrase.ts";
import { isSpec, type Spec } from "../../model/values/json.ts";
import { touches } from "./capabilities.ts";
import { acceptReply, type Call } from "./http/client.ts";
import { itemsOf } from "./http/paging.ts";
import {
  asksFor,
  type ChangeTo,
  type KindAdapter,
  part,
  patchFields,
  type Service,
} from "./kind-adapter.ts";
import { costOfList, lookFor } from "./lookup-or-list.ts";
import { idIn, textAt } from "./reading.ts";
import { fetch, findUser, observedUser, searchOf, userPages, userPath } from "./user/reading.ts";
import * as roles from "./user/roles.ts";
import { grant } from "./user/membership.ts";
import { changedFields, updateUser } from "./user/update.ts";

const kind = "User";

/** Partner users: directory users with their agent groups and directory roles. */
export function user(service: Service): KindAdapter {
  const { wire } = service;
  return {
    kind,
    cost: (step) => cost(service, step),
    async *read(query, signal) {
      signal.throwIfAborted();
      const { id, parentId, fields, only } = query;
      if (parentId !== undefined) return;
      if (id !== undefined)
        yield* await findUser(service, id, { signal, ...(fields && { fields }) });
      else if (only) yield* lookFor(only, searchOf(service, query, signal));
      else {
        const members = await roles.members(service, signal);
        for await (const body of itemsOf(userPages(service, signal)))
          yield observedUser(service, body, members(idIn(body)));
      }
    },
    create: (change, context) => create(service, change, context),
    update: (change, context) => updateUser(service, change, context),
    async remove({ observed: { id } }, { signal }) {
      const call: Call = { method: "DELETE", path: userPath(id), signal };
      const reply = await wire.graph(call);
      if (reply.status !== 404) acceptReply(call, reply);
      return undefined;
    },
  };
}

function cost(service: Service, step: ApplyStep): Cost {
  if ("reading" in step) {
    if (step.reading === "list") return costOfList(step, service.options.pageSize.users);
    return { reads: touches(step.fields ?? [""], "/roles") ? 2 : 1, writes: 0 };
  }
  if (step.action === "create")
    return [{ reads: 0, writes: 1 }, ...moves(service, part(step.desired, "roles"), [])].reduce(
      added,
    );
  if (step.action !== "update") return { reads: 0, writes: 1 };
  const plain = step.patch.some(({ path }) => !path.startsWith("/roles")) ? 1 : 0;
  // The directory has no ETags, so an update reads the user again to detect other changes.
  if (!asksFor(step, "/roles")) return { reads: 1, writes: plain };
  const has = roles.fromSpec(part(step.observed.spec, "roles"), []);
  return [
    { reads: 1, writes: plain },
    ...moves(service, part(patchFields(step.observed.spec, step), "roles"), has),
  ].reduce(added);
}

function moves(service: Service, wanted: Spec, has: readonly roles.Role[]): readonly Cost[] {
  const will = roles.fromSpec(wanted, has);
  const given = will
    .filter((one) => !roles.includes(has, one))
    .map((one) => roles.costOfMove(service, one, true));
  return [
    ...given,
    ...has
      .filter((one) => !roles.includes(will, one))
      .map((one) => roles.costOfMove(service, one, false)),
  ];
}

function added(left: Cost, right: Cost): Cost {
  return {
    reads: left.reads + right.reads,
    writes: left.writes + right.writes,
    once: { ...left.once, ...right.once },
  };
}

async function create(
  service: Service,
  change: ChangeTo<"create">,
  context: WriteContext,
): Promise<Observed> {
  const { wire } = service;
  const { credential, signal } = context;
  if (credential === undefined)
    throw new AdapterError("rejected", say`${change.address} needs a temporary password.`);
  const name = textAt(change.desired, "/userPrincipalName") ?? "";
  const body = {
    accountEnabled: true,
    displayName: name,
    mailNickname: (name.split("@", 1)[0] ?? name).slice(0, 64),
    ...changedFields(service, change.desired, undefined),
    passwordProfile: { forceChangePasswordNextSignIn: true, password: credential.secret },
  };
  const call: Call = { method: "POST", path: "/v1.0/users", body, signal };
  const reply = await wire.graph(call);
  if (reply.status >= 400 && (await fetch(service, name, signal)))
    throw new AdapterError("conflict", say`${change.address}: there is already a user ${name}.`);
  const made = acceptReply(call, reply);
  const userId = idIn(made, "unknown-outcome");
  const wanted = roles.fromSpec(part(change.desired, "roles"), []);
  const given = await granted(service, { wanted, userId, context });
  return observedUser(service, { ...(isSpec(made) && made), ...body, id: userId }, given);
}

/**
 * Grants the roles of a new user. Reports roles that could not be granted as missing fields instead
 * of failing: the user itself was created, and the next plan shows the missing roles.
 */
async function granted(
  service: Service,
  {
    wanted,
    userId,
    context,
  }: {
    readonly wanted: readonly roles.Role[];
    readonly userId: string;
    readonly context: WriteContext;
  },
): Promise<readonly roles.Role[]> {
  const given: roles.Role[] = [];
  try {
    for (const role of wanted) {
      await grant(service, { role, userId, signal: context.signal });
      given.push(role);
    }
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    const missing = wanted.filter((role) => !given.includes(role));
    context.lacks?.([...new Set(missing.map(({ type }) => `/roles/${type}`))], error);
  }
  return given;
}
