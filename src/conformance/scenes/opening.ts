import assert from "node:assert/strict";
import { kinds } from "../../kinds/index.ts";
import type { Kind } from "../../model/kind.ts";
import type { Observed } from "../../model/observed.ts";
import type { Scene } from "../scene.ts";
import type { Stage } from "../stage.ts";

/** Before anything is written: checks the adapter and reads what the account contains. */
export const opening: readonly Scene[] = [
  {
    title: "opening › the adapter has a name, and an account whose id stays the same",
    needs: [],
    async play({ adapter }) {
      assert.notEqual(adapter.name, "", "name is empty");
      const { signal } = new AbortController();
      const first = await adapter.account(signal);
      assert.notEqual(first.id, "", "the account's id is empty");
      assert.deepEqual(
        await adapter.account(signal),
        first,
        "asked twice, the account is not the same",
      );
    },
  },
  {
    title: "opening › what it says it supports makes sense (promise 5)",
    needs: [],
    async play({ adapter: { supports } }) {
      for (const [name, support] of Object.entries(supports)) {
        const kind =
          kinds.find((one) => one.name === name) ??
          assert.fail(`supports names ${name}, which is no kind`);
        assert.deepEqual(
          support.verbs.filter((verb) => !kind.verbs.includes(verb)),
          [],
          `verbs that ${name} does not have`,
        );
        assert.deepEqual(
          support.repeatable.filter((verb) => !support.verbs.includes(verb)),
          [],
          `repeatable verbs of ${name} that it cannot do at all`,
        );
        const odd = [...support.readable, ...support.writable].filter(
          (pointer) => pointer !== "" && !pointer.startsWith("/"),
        );
        assert.deepEqual(odd, [], `not a pointer among the fields of ${name}`);
      }
    },
  },
  {
    title:
      "opening › everything is read in the manifest's vocabulary, nothing server-owned in it (promise 1)",
    needs: [],
    play: async (stage) => {
      for (const kind of supported(stage))
        for (const item of await stage.read({ kind: kind.name })) demandVocabulary(kind, item);
    },
  },
  {
    title:
      "opening › each thing is found under its own id alone, and an id nobody has yields nothing (promise 1)",
    needs: [],
    play: async (stage) => {
      for (const { name } of supported(stage)) {
        const items = await stage.read({ kind: name });
        assert.equal(
          new Set(items.map(({ id }) => id)).size,
          items.length,
          `two of ${name} have the same id`,
        );
        for (const item of items.slice(0, 3))
          assert.deepEqual(await stage.read({ kind: name, id: item.id }), [item]);
        assert.deepEqual(
          await stage.read({ kind: name, id: "00000000-0000-4000-8000-000000000000" }),
          [],
        );
      }
    },
  },
  {
    title: "opening › a plan of no manifests asks for nothing",
    needs: [],
    play: async (stage) => assert.deepEqual((await stage.plan()).changes, []),
  },
];

function supported({ adapter }: Stage): readonly Kind[] {
  return kinds.filter(({ name }) => adapter.supports[name] !== undefined);
}

/**
 * Asserts that an object matches its kind's manifest schema. Required fields may be missing, since
 * a backend may be unable to read them.
 */
export function demandVocabulary(kind: Kind, item: Observed): void {
  assert.equal(item.kind, kind.name);
  assert.notEqual(item.id, "", `a ${kind.name} has no id`);
  if (!kind.declared) return;
  if (!kind.singleton)
    assert.equal(
      item.key,
      kind.key(item.spec, item.key),
      `the key of ${kind.name} ${item.id} is not its natural key`,
    );
  const metadata = kind.singleton ? {} : { name: "conformance" };
  kind.validate({ apiVersion: "partnercenter/v1", kind: kind.name, metadata, spec: item.spec });
  const errors = (kind.validate.errors ?? []).filter(
    ({ keyword, instancePath }) => keyword !== "required" && instancePath.startsWith("/spec"),
  );
  assert.deepEqual(
    errors.map(({ instancePath, message }) => `${instancePath} ${message}`),
    [],
    `${kind.name} ${item.key} is not in the manifest's vocabulary`,
  );
}
