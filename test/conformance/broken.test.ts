import { expect, test } from "vitest";
import { local } from "../../src/adapters/local/local.ts";
import { conformance } from "../../src/conformance.ts";
import type { Adapter } from "../../src/model/adapter.ts";
import type { Observed } from "../../src/model/observed.ts";
import { folder } from "../adapters/changes.ts";

type Break = (adapter: Adapter) => Partial<Adapter>;

function everyItem(how: (item: Observed, index: number) => readonly Observed[]): Break {
  return (adapter) => ({
    async *read(query, signal) {
      let index = 0;
      for await (const item of adapter.read(query, signal)) yield* how(item, index++);
    },
  });
}

function everyWrite(
  how: (...given: Parameters<Adapter["write"]>) => Parameters<Adapter["write"]>,
): Break {
  return (adapter) => ({ write: (change, context) => adapter.write(...how(change, context)) });
}

/** Ways to break a promise, and the step that must notice. */
const broken: readonly (readonly [string, RegExp, Break])[] = [
  [
    "yields a server-owned field",
    /in the manifest's vocabulary/,
    everyItem((item) => [{ ...item, spec: { ...item.spec, tenantId: "t" } }]),
  ],
  [
    "spells keys in its own way",
    /in the manifest's vocabulary/,
    everyItem((item) => [{ ...item, key: `${item.key} ` }]),
  ],
  [
    "yields the first page alone",
    /yields them all/,
    everyItem((item, index) => (index < 5 ? [item] : [])),
  ],
  ["yields things twice", /under its own id alone/, everyItem((item) => [item, item])],
  [
    "ignores the id it is asked for",
    /under its own id alone/,
    (adapter) => ({ read: ({ id: _, ...query }, signal) => adapter.read(query, signal) }),
  ],
  [
    "ignores the parent it is asked for",
    /another customer has none of it/,
    (adapter) => ({ read: ({ parentId: _, ...query }, signal) => adapter.read(query, signal) }),
  ],
  [
    "writes the whole of what it is told, and so loses the rest",
    /one field changes, the others stay/,
    everyWrite((change, context) => [
      change.action === "update"
        ? { ...change, patch: [{ op: "replace", path: "", value: change.desired }] }
        : change,
      context,
    ]),
  ],
  [
    "drops a field",
    /contacts to recover a password/,
    everyWrite((change, context) => [
      change.action === "update"
        ? { ...change, patch: change.patch.filter(({ path }) => !path.startsWith("/recovery")) }
        : change,
      context,
    ]),
  ],
  [
    "overwrites what somebody else changed",
    /changed since is a conflict/,
    everyWrite((change, { current: _, ...context }) => [change, context]),
  ],
  [
    "forgets request ids",
    /twice under one request id/,
    everyWrite((change, context) => [change, { ...context, requestId: crypto.randomUUID() }]),
  ],
  [
    "goes on after the signal",
    /stops at the signal/,
    (adapter) => ({ read: (query) => adapter.read(query, new AbortController().signal) }),
  ],
  [
    "writes after the signal",
    /stopped before it begins/,
    everyWrite((change, context) => [change, { ...context, signal: new AbortController().signal }]),
  ],
  [
    "says it is another account each time",
    /id stays the same/,
    () => ({ account: async () => ({ id: crypto.randomUUID() }) }),
  ],
  [
    "states a verb its kind does not have",
    /makes sense/,
    ({ supports }) => ({
      supports: {
        ...supports,
        Customer: { verbs: ["remove"], readable: [""], writable: [""], repeatable: [] },
      },
    }),
  ],
  [
    "claims to have done what it did not",
    /one is created/,
    () => ({ write: async (change) => ({ kind: change.kind, id: "x", key: "x", spec: {} }) }),
  ],
  [
    "answers every write with missing",
    /to create a user that exists is a conflict/,
    (adapter) => ({
      write: (change, context) =>
        context.requestId.startsWith("conformance")
          ? Promise.reject(
              Object.assign(new Error("no"), { name: "AdapterError", problem: "missing" }),
            )
          : adapter.write(change, context),
    }),
  ],
];

async function failures(change: Break): Promise<readonly string[]> {
  const root = folder();
  const adapter = async (): Promise<Adapter> => {
    const whole = local({ seed: 1 }, { root });
    return { ...whole, ...change(whole) };
  };
  const failed: string[] = [];
  for (const { title, run } of await conformance({ adapter, many: 6 }))
    await run().catch(() => failed.push(title));
  return failed;
}

test("an adapter that keeps its promises fails nowhere", async () => {
  expect(await failures(() => ({}))).toEqual([]);
});

test.each(broken)("the suite notices an adapter that %s", async (_, title, change) => {
  expect(await failures(change)).toEqual(expect.arrayContaining([expect.stringMatching(title)]));
});
