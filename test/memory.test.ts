import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder } from "./cli/binary.ts";
import { memoryPlace } from "./memory.ts";

test("temporary files lie in memory only where there is such a place, and programs may be run from it", () => {
  const place = folder();
  const found = (line: string) => {
    const mounts = join(place, "mounts");
    writeFileSync(mounts, `proc /proc proc rw 0 0\n${line}\n`);
    return memoryPlace(place, mounts);
  };
  expect(
    found(`shm ${place} tmpfs rw,nosuid,nodev,noexec,relatime,size=65536k 0 0`),
  ).toBeUndefined();
  expect(found(`/dev/sda1 ${place} ext4 rw,relatime 0 0`)).toBeUndefined();
  expect(found(`shm ${place}/other tmpfs rw 0 0`)).toBeUndefined();
  expect(memoryPlace(place, join(place, "nowhere"))).toBeUndefined();
});
