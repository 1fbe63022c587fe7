import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  most,
  readBounded,
  readInput,
  readOwn,
  readStdin,
} from "../../src/store/files/read-input.ts";

const folder = mkdtempSync(join(tmpdir(), "partnerctl-input-"));
afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function sparse(name: string, size: number): string {
  const path = put(name, "");
  truncateSync(path, size);
  return path;
}

function pipe(): string {
  const path = join(folder, "pipe");
  rmSync(path, { force: true });
  execFileSync("mkfifo", [path]);
  return path;
}

function codesOf(path: string, limit = 100): readonly string[] {
  const read = readInput(path, { shown: "the file", limit });
  return read.ok
    ? [`${read.value.length} bytes`]
    : read.diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

test("what is no file, too large, not there or not to be read is told, and nothing of it is read", () => {
  expect(codesOf(put("a", "abc"))).toEqual(["3 bytes"]);
  expect(codesOf(put("empty", ""))).toEqual(["0 bytes"]);
  const noFile =
    "file/not-regular: the file is not a file (a pipe, a socket, a device or a folder).";
  expect(codesOf(pipe())).toEqual([noFile]);
  expect(codesOf(folder)).toEqual([noFile]);
  const device = join(folder, "zero");
  symlinkSync("/dev/zero", device);
  expect(codesOf(device)).toEqual([noFile]);
  expect(codesOf(sparse("large", 101))).toEqual([
    "file/too-large: the file is larger than 0.000095367431640625 MiB, which is more than is read.",
  ]);
  expect(codesOf(join(folder, "nowhere"))).toEqual([
    expect.stringContaining("file/unreadable: the file cannot be read: ENOENT"),
  ]);
});

test("a file ten times as large, or of terabytes, takes as little", () => {
  for (const size of [most.priceList + 1, 10 * most.priceList, 2 ** 42])
    expect(readBounded(sparse("large", size), most.priceList)).toBe("too-large");
});

test("what only the tool writes counts as nothing where it is anything else", () => {
  expect(readOwn(put("own", "abc"))?.toString()).toBe("abc");
  expect(readOwn(pipe())).toBeUndefined();
  expect(readOwn(join(folder, "nowhere"))).toBeUndefined();
  expect(readOwn(put("own", "abc"), 2)).toBeUndefined();
});

test("stdin without an end is given up, however much more would come", async () => {
  const taken = async (pieces: number) => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      while (given < pieces) {
        given += 1;
        yield Buffer.alloc(10);
      }
    }
    const read = await readStdin(95, endless());
    return { given, ok: read.ok, codes: read.diagnostics.map(({ code }) => code) };
  };
  expect(await taken(9)).toEqual({ given: 9, ok: true, codes: [] });
  expect(await taken(100)).toEqual({ given: 10, ok: false, codes: ["file/too-large"] });
  expect(await taken(1000)).toEqual({ given: 10, ok: false, codes: ["file/too-large"] });
});
