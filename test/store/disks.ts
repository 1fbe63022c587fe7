import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Works on a disk of 64 KiB, mounted in a folder. Needs the right to mount: without it the work is
 * skipped, loudly.
 */
export async function onSmallDisk(
  folder: string,
  work: (disk: string) => Promise<void>,
): Promise<void> {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  if (!tried("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk))
    return unchecked("a full disk: no right to mount a small one");
  try {
    await work(disk);
  } finally {
    execFileSync("umount", [disk]);
  }
}

/**
 * Works while nothing can be written to a folder: its mode does that for most, for root it is
 * mounted read-only.
 */
export async function readOnly(folder: string, work: () => Promise<void>): Promise<void> {
  const root = process.getuid?.() === 0;
  if (
    root &&
    !(tried("mount", "--bind", folder, folder) && tried("mount", "-o", "remount,bind,ro", folder))
  )
    return unchecked("a read-only folder: root without the right to mount");
  if (!root) chmodSync(folder, 0o500);
  try {
    await work();
  } finally {
    if (root) execFileSync("umount", [folder]);
    else chmodSync(folder, 0o700);
  }
}

function tried(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function unchecked(what: string): void {
  process.stderr.write(`NOT CHECKED: ${what}\n`);
}
