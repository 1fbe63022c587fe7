import { expect } from "vitest";
import { sha256 } from "../../src/model/values/digest.ts";
import type { Entry } from "../../src/model/ledger/ledger.ts";
import { composition, credentials, type Looked, type Scratch, things } from "./scene.ts";

/** Where an account and what was handed out of it are kept. */
export interface Kept {
  readonly account: string;
  readonly sink: string;
}

/** What an undisturbed run leaves behind. */
export interface Reference {
  readonly looked: Looked;
  readonly composition: readonly string[];
}

/**
 * Demands that a run after a breakdown ended where an undisturbed one does: nothing twice, nothing
 * left to do, nothing lost.
 */
export async function demandSame(
  scratch: Scratch,
  reference: Reference,
  {
    kept,
    looked,
    before,
    what,
  }: {
    readonly kept: Kept;
    readonly looked: Looked;
    readonly before: readonly Entry[];
    readonly what: string;
  },
): Promise<void> {
  expect(
    looked.plan.changes.map(({ id }) => id),
    `${what}: left to do`,
  ).toEqual([]);
  expect(looked.plan.problems, `${what}: problems`).toEqual([]);
  expect(composition(kept.account), `${what}: what was made`).toEqual(reference.composition);
  expect(looked.exported, `${what}: the end state`).toBe(reference.looked.exported);
  expect(looked.consistent, `${what}: the ledger`).toBe(true);
  expect(
    looked.entries.slice(0, before.length).map(({ hash }) => hash),
    `${what}: entries that were durable`,
  ).toEqual(before.map(({ hash }) => hash));
  await demandCredentials(scratch, kept, { entries: looked.entries, what });
}

/**
 * Demands that nothing was made whose intent was not durable before: checked where a process died,
 * before another goes on.
 */
export function demandIntents(
  { account }: Pick<Kept, "account">,
  before: readonly Entry[],
  what: string,
): void {
  const intended = (kind: string) =>
    before.filter(
      (entry) => entry.type === "intent" && entry.kind === kind && entry.action === "create",
    ).length;
  const made = (kind: string) => things(account).filter((one) => one.kind === kind).length;
  // The account's first user was there before.
  expect(
    Math.max(0, made("User") - 1),
    `${what}: users made without an intent`,
  ).toBeLessThanOrEqual(intended("User"));
  for (const kind of ["Customer", "Subscription"])
    expect(made(kind), `${what}: ${kind}s made without an intent`).toBeLessThanOrEqual(
      intended(kind),
    );
}

/**
 * Demands that every password the account took is the last one in the sink for its user, and every
 * one-time credential is there or on record as lost.
 */
export async function demandCredentials(
  scratch: Pick<Scratch, "identity">,
  { account, sink }: Kept,
  { entries, what }: { readonly entries: readonly Entry[]; readonly what: string },
): Promise<void> {
  const found = await credentials(scratch, sink);
  const last = new Map(found.map((one) => [one.userName.toLowerCase(), one]));
  const lost = new Set(
    entries.flatMap((entry) =>
      entry.type === "outcome" && entry.credential === "lost" ? [entry.id] : [],
    ),
  );
  for (const { kind, id, key, passwordHash } of things(account)) {
    if (passwordHash !== undefined)
      expect(sha256(last.get(key)?.secret ?? ""), `${what}: the password of ${key}`).toBe(
        passwordHash,
      );
    if (kind === "Customer")
      expect(last.has(`admin@${key}`) || lost.has(id), `${what}: the credential of ${key}`).toBe(
        true,
      );
  }
}

/** Addresses that got a new intent while it was not settled whether the one before had happened. */
export function repostedWhileOpen(entries: readonly Entry[]): readonly string[] {
  const open = new Set<string>();
  const wrong: string[] = [];
  for (const entry of entries) {
    if (entry.type === "intent" && open.has(entry.address)) wrong.push(entry.change);
    if (entry.type === "intent") open.add(entry.address);
    if (entry.type === "outcome" && entry.status !== "unknown") open.delete(entry.address);
  }
  return wrong;
}
