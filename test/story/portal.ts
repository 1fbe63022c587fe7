import { join } from "node:path";
import { openAccount } from "../../src/adapters/local/account.ts";
import type { Stored } from "../../src/adapters/local/contents.ts";
import { seedEntry, guid } from "../../src/adapters/local/seed.ts";
import { openLog } from "../../src/adapters/local/log.ts";
import type { Json, Spec } from "../../src/model/values/json.ts";
import { type Pointer, withValue } from "../../src/model/values/pointer.ts";

/** The seed of every case's account. */
export const seed = "cases";
const admin = "admin@contoso.partner.onmschina.cn";

/**
 * Something that happened in the account behind the tool's back. Objects are named by kind,
 * parent's key and key:
 * `User/wang.fang@…`, `Subscription/fabrikam.…cn/office`. Nobody asks here whether the service
 * would have allowed it.
 */
export type Incident =
  | { readonly change: string; readonly set: Readonly<Record<Pointer, Json>> }
  | { readonly delete: string }
  | {
      readonly add: string;
      readonly spec: Spec;
      readonly exempt?: "guest" | "synced";
      readonly suspendedAt?: string;
      readonly term?: NonNullable<Stored["term"]>;
      readonly autoRenew?: false;
    };

/**
 * Writes incidents of a moment (RFC 3339) into the local account of a project's folder, past all
 * its rules.
 */
export async function makeIncidents(
  root: string,
  incidents: readonly Incident[],
  at: string,
): Promise<void> {
  const log = openLog(join(root, ".partnerctl/account/account.jsonl"));
  const account = openAccount(log, seedEntry(seed, admin), { seconds: 0, time: Date.now });
  account.refresh();
  const all = (kind: string) => [...account.all(kind)];
  for (const incident of incidents) {
    const object = outcome(incident, { find: (path) => find(path, all), all });
    await account.write({ type: "written", at, reply: object.id, objects: [object] });
  }
  await log.close();
}

interface Around {
  find(path: string): Stored | undefined;
  all(kind: string): readonly Stored[];
}

function outcome(incident: Incident, around: Around): Stored {
  if ("add" in incident) return added(incident, around);
  const path = "delete" in incident ? incident.delete : incident.change;
  const old = around.find(path);
  if (old === undefined) throw new Error(`there is no ${path} in the account`);
  const next = { ...old, version: old.version + 1 };
  if ("delete" in incident) return { ...next, deletedAt: new Date().toISOString() };
  const spec = Object.entries(incident.set).reduce(
    (sum: Spec, [pointer, value]) => withValue(sum, pointer, value),
    old.spec,
  );
  return { ...next, spec, key: keyOf(spec) ?? old.key };
}

function keyOf({ friendlyName, userPrincipalName }: Spec): string | undefined {
  return [friendlyName, userPrincipalName].find((one) => typeof one === "string");
}

function added(
  { add, spec, exempt, suspendedAt, term, autoRenew }: Extract<Incident, { readonly add: string }>,
  { find, all }: Around,
): Stored {
  const [kind = "", ...way] = add.split("/");
  const key = way.at(-1) ?? "";
  const parent = way.length > 1 ? find(`Customer/${way[0]}`) : undefined;
  const base =
    typeof spec.addOnOf === "string" ? find(`${kind}/${way[0]}/${spec.addOnOf}`) : undefined;
  const ids: Spec = { ...(parent && { customer: parent.id }), ...(base && { addOnOf: base.id }) };
  const place = {
    ...(parent && { parentId: parent.id }),
    ...(exempt && { exempt }),
    ...(suspendedAt !== undefined && { suspendedAt }),
    ...(term && { term }),
    ...(autoRenew === false && { autoRenew }),
  };
  const namesakes = all(kind).filter(
    (one) => one.key === key && one.parentId === parent?.id,
  ).length;
  return {
    kind,
    id: guid(seed, "portal", add, String(namesakes)),
    key,
    spec: { ...spec, ...ids },
    version: 1,
    ...place,
  };
}

function find(path: string, all: Around["all"]): Stored | undefined {
  const [kind = "", ...way] = path.split("/");
  const parent = way.length > 1 ? find(`Customer/${way[0]}`, all) : undefined;
  const living = all(kind).filter((one) => one.deletedAt === undefined);
  return living.find((one) => one.key === (way.at(-1) ?? "") && one.parentId === parent?.id);
}
