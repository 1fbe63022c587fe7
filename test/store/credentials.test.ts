import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { address } from "../../src/model/address.ts";
import { type Credential, SinkUnavailable } from "../../src/model/credential.ts";
import { branchStore, folderStore } from "../../src/store/credentials/credential-store.ts";
import {
  ageSink,
  findCredential,
  newIdentity,
  openCredentials,
} from "../../src/store/credentials/credentials.ts";
import { onSmallDisk, readOnly } from "./disks.ts";
import { gitIn } from "./repository.ts";

const scratch = mkdtempSync(join(tmpdir(), "credentials-"));
const now = () => new Date("2026-03-01T08:00:00Z");
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(scratch, "one-"));
});
afterAll(() => rmSync(scratch, { recursive: true }));

function credential(name: string): Credential {
  return {
    address: address("User", name),
    purpose: "temporary-password",
    userName: `${name}@contoso.example`,
    secret: "canary-7f3a",
    requestId: `request-${name}`,
  };
}

test("each recipient can open every credential, and the files tell nobody else anything", async () => {
  const [ada, grace, stranger] = await Promise.all([newIdentity(), newIdentity(), newIdentity()]);
  const sink = ageSink({
    store: folderStore(join(folder, "made/on/the/way")),
    recipients: [ada.recipient, grace.recipient],
    now,
  });
  await Promise.all(["li", "wang"].map((name) => sink.deliver(credential(name))));
  const place = join(folder, "made/on/the/way");
  for (const { identity } of [ada, grace]) {
    const found = await openCredentials(await folderStore(place).read(), identity);
    expect([...found].sort((left, right) => (left.address < right.address ? -1 : 1))).toEqual(
      ["li", "wang"].map((name) => ({ ...credential(name), at: "2026-03-01T08:00:00.000Z" })),
    );
  }
  await expect(
    openCredentials(await folderStore(place).read(), stranger.identity),
  ).rejects.toThrow();
  for (const file of readdirSync(place)) {
    expect(file).toMatch(/^user-temporary-password-[0-9a-f]{16}\.age$/);
    const text = readFileSync(join(place, file), "latin1");
    expect(text).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/);
    for (const word of ["canary", "wang", "contoso"]) expect(text + file).not.toContain(word);
    expect(statSync(join(place, file)).mode & 0o777).toBe(0o600);
  }
});

test("the same credential twice is one file, two of one object are two", async () => {
  const { recipient, identity } = await newIdentity();
  const sink = ageSink({ store: folderStore(folder), recipients: [recipient], now });
  await sink.deliver(credential("li"));
  await sink.deliver(credential("li"));
  await sink.deliver({ ...credential("li"), requestId: "another" });
  expect(await openCredentials(await folderStore(folder).read(), identity)).toHaveLength(2);
});

test("nothing is taken that nobody could open", async () => {
  const { recipient } = await newIdentity();
  for (const recipients of [[], ["nonsense"], [recipient, "age1nonsense"]]) {
    await expect(
      ageSink({ store: folderStore(folder), recipients, now }).deliver(credential("li")),
    ).rejects.toBeInstanceOf(SinkUnavailable);
  }
  expect(readdirSync(folder)).toEqual([]);
});

test("a full disk or a read-only folder is a clear error without the secret, and leaves no half of a file", async () => {
  const { recipient } = await newIdentity();
  const refused = async (place: string) => {
    const delivering = ageSink({ store: folderStore(place), recipients: [recipient], now }).deliver(
      credential("li"),
    );
    await expect(delivering).rejects.toBeInstanceOf(SinkUnavailable);
    await expect(delivering).rejects.not.toThrow("canary");
  };
  await readOnly(folder, () => refused(folder));
  expect(readdirSync(folder)).toEqual([]);
  await onSmallDisk(folder, async (disk) => {
    try {
      writeFileSync(join(disk, "ballast"), Buffer.alloc(1 << 20));
    } catch {
      // That it does not fit is what is wanted.
    }
    await refused(disk);
    expect(readdirSync(disk)).toEqual(["ballast"]);
  });
});

test("a folder that cannot be read, or from which nothing can be removed, is a clear error", async () => {
  writeFileSync(join(folder, "one.age"), "sealed");
  writeFileSync(join(folder, "a file"), "no folder");
  const removing = () => folderStore(folder).remove("one.age");
  await readOnly(folder, async () => {
    await expect(removing()).rejects.toBeInstanceOf(SinkUnavailable);
    await expect(removing()).rejects.toThrow(`A credential cannot be removed from ${folder}`);
  });
  const reading = () => folderStore(join(folder, "a file")).read();
  await expect(reading()).rejects.toBeInstanceOf(SinkUnavailable);
  await expect(reading()).rejects.toThrow(/The credentials in .*a file cannot be read: ENOTDIR/);
});

describe("on a branch", () => {
  const remote = () => {
    gitIn(folder, "init", "--quiet", "--bare", "remote.git");
    gitIn(folder, "init", "--quiet", "here");
    return branchStore({
      folder: join(folder, "here"),
      remote: join(folder, "remote.git"),
      name: "credentials",
    });
  };
  const commits = () =>
    gitIn(join(folder, "remote.git"), "rev-list", "--all").split("\n").filter(Boolean);

  test("credentials that come together, or from two machines at once, all lie in its one commit", async () => {
    const { recipient, identity } = await newIdentity();
    const store = remote();
    gitIn(folder, "init", "--quiet", "there");
    const other = branchStore({
      folder: join(folder, "there"),
      remote: join(folder, "remote.git"),
      name: "credentials",
    });
    const sinks = [store, other].map((one) =>
      ageSink({ store: one, recipients: [recipient], now }),
    );
    const names = Array.from({ length: 12 }, (_, index) => `user-${index}`);
    await Promise.all(names.map((name, index) => sinks[index % 2]?.deliver(credential(name))));
    const opened = await openCredentials(await store.read(), identity);
    expect(opened.map(({ userName }) => userName).sort()).toEqual(
      names.map((name) => `${name}@contoso.example`).sort(),
    );
    expect(commits()).toHaveLength(1);
    expect(await sinks[0]?.holds?.(address("User", "user-3"), "request-user-3")).toBe(true);
    expect(await sinks[0]?.holds?.(address("User", "user-3"), "another")).toBe(false);
  });

  test("what is removed is in no commit of the remote any more", async () => {
    const { recipient } = await newIdentity();
    const store = remote();
    const sink = ageSink({ store, recipients: [recipient], now });
    await sink.ready?.();
    expect((await store.read()).size).toBe(0);
    for (const name of ["li", "wang"]) await sink.deliver(credential(name));
    const gone = findCredential(await store.read(), address("User", "li"), "request-li") ?? "";
    await store.remove(gone);
    expect(
      findCredential(await store.read(), address("User", "wang"), "request-wang"),
    ).toBeDefined();
    expect(commits()).toHaveLength(1);
    expect(
      gitIn(join(folder, "remote.git"), "ls-tree", "-r", "--name-only", "credentials"),
    ).not.toContain(gone);
  });

  test("a remote that is not there is a clear error without the secret, before anything is handed out", async () => {
    const { recipient } = await newIdentity();
    gitIn(folder, "init", "--quiet", "here");
    const store = branchStore({
      folder: join(folder, "here"),
      remote: join(folder, "none.git"),
      name: "credentials",
    });
    const sink = ageSink({ store, recipients: [recipient], now });
    for (const start of [
      () => sink.ready?.(),
      () => sink.deliver(credential("li")),
      () => store.read(),
    ]) {
      const trial = Promise.resolve(start());
      await expect(trial).rejects.toBeInstanceOf(SinkUnavailable);
      await expect(trial).rejects.toThrow(/branch credentials: .*none\.git/);
      await expect(trial).rejects.not.toThrow("canary");
    }
  });
});
