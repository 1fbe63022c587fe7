import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalAdapter, local } from "../../src/adapters/local/local.ts";
import type { WriteContext } from "../../src/model/adapter.ts";
import { type Address, address, kindOf } from "../../src/model/address.ts";
import type { Credential } from "../../src/model/credential.ts";
import type { Json, Spec } from "../../src/model/values/json.ts";
import type { Observed } from "../../src/model/observed.ts";
import type { Change } from "../../src/model/plan/plan.ts";
import { beijing } from "../addresses.ts";

/** The sample catalogue's offers by what they are good for in a test. */
export const offers = {
  e1: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202",
  e3: "5FA4F213-638C-5693-ADE5-924129D90D90",
  business: "B8D08ACD-ED44-5010-A6B7-DA497673B432",
  retired: "9B139E80-6C69-5B16-865B-BE83221FBB18",
} as const;

/** An empty folder of its own. */
export function folder(): string {
  return mkdtempSync(join(tmpdir(), "partnerctl-adapters-"));
}

/** A local account in a folder. */
export function open(root: string, options: Spec = {}): LocalAdapter {
  return local({ seed: 1, ...options }, { root });
}

const never = new AbortController().signal;

/** Everything a reading yields. */
export async function all(
  adapter: LocalAdapter,
  kind: string,
  query: { parentId?: string; id?: string } = {},
): Promise<Observed[]> {
  const items: Observed[] = [];
  for await (const item of adapter.read({ kind, ...query }, never)) items.push(item);
  return items;
}

/** A write's context that remembers what was delivered and what is bound. */
export function context(
  requestId: string,
  more: Partial<WriteContext> & { live?: Record<string, Observed>; delivered?: Credential[] } = {},
): WriteContext {
  const { live = {}, delivered = [], ...others } = more;
  return {
    requestId,
    signal: never,
    bound(one) {
      const found = live[one];
      if (!found) throw new Error(`nothing is bound to ${one}`);
      return found;
    },
    deliver: async (credential) => void delivered.push(credential),
    permit: async () => 60_000,
    propose: async () => {},
    ...others,
  };
}

function change(
  at: Address,
  parent: string | undefined,
): Omit<Extract<Change, { action: "remove" }>, "action" | "observed"> {
  return {
    id: `${at}#1`,
    address: at,
    kind: kindOf(at),
    ...(parent !== undefined && { parent }),
    by: "adapter",
    reason: "declared",
    cause: "manifest",
    basedOn: [],
    fields: [],
    impact: { reversible: "yes" },
    requires: [],
  };
}

/** A change that creates. */
export function create(at: string, desired: Spec, parent?: string): Change {
  return { ...change(at as Address, parent), action: "create", key: at, desired };
}

/** A change of these fields. */
export function update(at: string, old: Observed, fields: Record<string, Json>): Change {
  const patch = Object.entries(fields).map(([path, value]) => ({
    op: "replace" as const,
    path,
    value,
  }));
  return {
    ...change(at as Address, undefined),
    action: "update",
    desired: {},
    observed: old,
    patch,
  };
}

/** A change to another offer. */
export function upgrade(at: string, old: Observed, desired: Spec): Change {
  return { ...change(at as Address, undefined), action: "upgrade", desired, observed: old };
}

/** A change that removes. */
export function remove(at: string, old: Observed): Change {
  return { ...change(at as Address, undefined), action: "remove", observed: old };
}

/** A password such as the tool makes. */
export const credential: Credential = {
  address: address("User", "wei"),
  purpose: "temporary-password",
  userName: "wei",
  secret: "canary-temporary",
  requestId: "r",
};

/** A user's spec. */
export function wei(more: Spec = {}): Spec {
  return { userPrincipalName: "Wei@Contoso.partner.onmschina.cn", displayName: "Wei", ...more };
}

/** A customer's spec. */
export function fabrikam(domain = "fabrikam.partner.onmschina.cn"): Spec {
  return {
    domain,
    billing: {
      companyName: "Fabrikam",
      culture: "zh-CN",
      language: "zh-CHS",
      email: "wang@fabrikam.example",
      firstName: "Fang",
      lastName: "Wang",
      address: beijing,
    },
  };
}
