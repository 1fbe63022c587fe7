import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from "node:fs";
import { basename, join, sep } from "node:path";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/say.ts";
import { fileTrouble, mostBytes } from "./manifest-file.ts";

/** What was not taken for a manifest, as one calls it in messages. */
export interface Other {
  readonly path: string;
  readonly shown: string;
}

/** Whether a file of this name might have been meant as a manifest's. */
export function isSuspect(path: string): boolean {
  return /\.(ya?ml|json)$/i.test(path);
}

/** Whether these bytes hold what every manifest begins with, in whatever encoding. */
export function holdsManifest(bytes: Uint8Array): boolean {
  return /["']?apiVersion["']?\s*:\s*["']?partnercenter\//.test(Buffer.from(bytes).toString("latin1").replaceAll("\0", ""));
}

/** How much is looked into at most: what lies behind that is named as not read, without a look. */
export const mostPassedOver = { files: 100_000, bytes: 256 * 1024 * 1024 };

interface Search {
  readonly realRoot: string;
  readonly left: { files: number; bytes: number };
}

/** Names each of these that holds a manifest, hidden folders searched, and links that lead nowhere. Nothing of them is quoted, and nothing outside the project's real folder is opened. */
export function passedOver(others: readonly Other[], realRoot: string, limits = mostPassedOver): readonly Diagnostic[] {
  return lookAtAll(others, { realRoot, left: { ...limits } });
}

function lookAtAll(others: readonly Other[], search: Search): readonly Diagnostic[] {
  return others.flatMap((one) => lookAt(one, search));
}

function isOver({ left }: Search): boolean {
  return left.files <= 0 || left.bytes <= 0;
}

/** Where git keeps what is its own and this tool its state. */
const notSearched = [".git", ".partnerctl"];

function lookAt(other: Other, search: Search): readonly Diagnostic[] {
  const { path, shown } = other;
  const { realRoot } = search;
  try {
    const stat = statSync(path);
    if (stat.isDirectory() ? notSearched.includes(basename(path)) : !isSuspect(path)) return [];
    if (isOver(search) || !realpathSync(path).startsWith(realRoot + sep)) return [notRead(shown)];
    if (stat.isDirectory()) return lookInto(other, search);
    return !stat.isFile() || holdsManifest(beginning(path, search)) ? [notRead(shown)] : [];
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    // An editor's lock is a hidden link that leads nowhere.
    if (!("code" in error && error.code === "ENOENT")) return [notRead(shown)];
    return basename(path).startsWith(".") ? [] : [brokenLink(shown)];
  }
}

/** Links in there are not followed. A folder that is not searched to its end is named itself. */
function lookInto({ path, shown }: Other, search: Search): readonly Diagnostic[] {
  const inner = readdirSync(path, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() || (entry.isFile() && isSuspect(entry.name)),
  );
  search.left.files -= inner.length;
  if (isOver(search)) return [notRead(shown)];
  const found = lookAtAll(
    inner.map(({ name }) => ({ path: join(path, name), shown: `${shown}/${name}` })),
    search,
  );
  return isOver(search) ? [notRead(shown)] : found;
}

/** As much of a file as a manifest may be long, read without waiting for a pipe. */
function beginning(path: string, { left }: Search): Uint8Array {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const bytes = Buffer.allocUnsafe(Math.min(fstatSync(file).size, mostBytes));
    let size = 0;
    for (let count = -1; count !== 0 && size < bytes.length; size += count) count = readSync(file, bytes, size, bytes.length - size, null);
    left.bytes -= size;
    return bytes.subarray(0, size);
  } finally {
    closeSync(file);
  }
}

/** A manifest that is not read for its name. */
export function notRead(shown: string): Diagnostic {
  const trouble = fileTrouble(shown, "passed-over", say`${shown} holds manifests or cannot be looked into, and is not read.`);
  const hint = say`Call it by a name that ends in .yaml or .yml in small letters, in no hidden folder, or move it out of the manifests.`;
  return { ...trouble, severity: "warning", hint };
}

function brokenLink(shown: string): Diagnostic {
  const trouble = fileTrouble(shown, "broken-link", say`${shown} is a link to what is not there: manifests may be missing.`);
  return { ...trouble, severity: "warning", hint: say`Remove the link, or bring back what it leads to.` };
}
