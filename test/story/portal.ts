import { join } from "node:path";
import { openAccount, type Stored } from "../../src/adapters/local/account.ts";
import { founding, guid } from "../../src/adapters/local/founding.ts";
import { openLog } from "../../src/adapters/local/log.ts";
import type { Json, Spec } from "../../src/model/json.ts";
import { type Pointer, withValue } from "../../src/model/pointer.ts";

/** The seed of every case's account. */
export const seed = "cases";
const admin = "admin@contoso.partner.onmschina.cn";

/**
 * Something that happened in the account behind the tool's back. Objects are named by kind, parent's key and key:
 * `User/wang.fang@…`, `Subscription/fabrikam.…cn/office`. Nobody asks here whether the service would have allowed it.
 */
export type Incident =
  | { readonly change: string; readonly set: Readonly<Record<Pointer, Json>> }
  | { readonly delete: string }
  | { readonly add: string; readonly spec: Spec; readonly exempt?: "guest" | "synced" };

/** Writes incidents into the local account of a project's folder, past all its rules. */
export async function happen(root: string, incidents: readonly Incident[]): Promise<void> {
  const log = openLog(join(root, ".partnerctl/account/account.jsonl"));
  const account = openAccount(log, founding(seed, admin), 0);
  account.refresh();
  for (const incident of incidents) {
    const object = outcome(incident, (path) => find(path, (kind) => account.all(kind)));
    await account.write({ type: "written", at: new Date().toISOString(), reply: object.id, objects: [object] });
  }
  await log.close();
}

type Find = (path: string) => Stored | undefined;

function outcome(incident: Incident, find: Find): Stored {
  if ("add" in incident) return added(incident, find);
  const path = "delete" in incident ? incident.delete : incident.change;
  const old = find(path);
  if (old === undefined) throw new Error(`there is no ${path} in the account`);
  const next = { ...old, version: old.version + 1 };
  if ("delete" in incident) return { ...next, deletedAt: new Date().toISOString() };
  const spec = Object.entries(incident.set).reduce((sum: Spec, [pointer, value]) => withValue(sum, pointer, value), old.spec);
  return { ...next, spec, key: keyOf(spec) ?? old.key };
}

function keyOf({ friendlyName, userPrincipalName }: Spec): string | undefined {
  return [friendlyName, userPrincipalName].find((one) => typeof one === "string");
}

function added({ add, spec, exempt }: Extract<Incident, { readonly add: string }>, find: Find): Stored {
  const [kind = "", ...way] = add.split("/");
  const key = way.at(-1) ?? "";
  const parent = way.length > 1 ? find(`Customer/${way[0]}`) : undefined;
  const base = typeof spec.addOnOf === "string" ? find(`${kind}/${way[0]}/${spec.addOnOf}`) : undefined;
  const ids: Spec = { ...(parent && { customer: parent.id }), ...(base && { addOnOf: base.id }) };
  const place = { ...(parent && { parentId: parent.id }), ...(exempt && { exempt }) };
  return { kind, id: guid(seed, "portal", add), key, spec: { ...spec, ...ids }, version: 1, ...place };
}

function find(path: string, all: (kind: string) => Iterable<Stored>): Stored | undefined {
  const [kind = "", ...way] = path.split("/");
  const parent = way.length > 1 ? find(`Customer/${way[0]}`, all) : undefined;
  const living = [...all(kind)].filter((one) => one.deletedAt === undefined);
  return living.find((one) => one.key === (way.at(-1) ?? "") && one.parentId === parent?.id);
}
