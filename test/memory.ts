import { readFileSync, statfsSync } from "node:fs";

/**
 * Free there before it is used, in bytes: a container gives it 64 MiB, in which a browser does not
 * fit.
 */
const enough = 4 * 1024 ** 3;

/**
 * Where temporary files lie in memory and may be run; undefined where the system has no such place,
 * or little room in it.
 */
export function memoryPlace(place = "/dev/shm", mounts = "/proc/mounts"): string | undefined {
  try {
    const mounted = readFileSync(mounts, "utf8")
      .split("\n")
      .map((line) => line.split(" "))
      .find(([, path]) => path === place);
    const { bavail, bsize } = statfsSync(place);
    return mounted?.[2] === "tmpfs" &&
      !mounted[3]?.split(",").includes("noexec") &&
      bavail * bsize >= enough
      ? place
      : undefined;
  } catch {
    return undefined;
  }
}
