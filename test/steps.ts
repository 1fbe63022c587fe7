import { Session } from "node:inspector/promises";

// Begun before what is measured is compiled, and never ended: what is compiled at another time has
// no counters within its functions.
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

/**
 * How many steps a piece of work takes: how often the functions and blocks of this project and of
 * its packages were entered. The same on every machine, whatever else it does, unlike the time that
 * it takes.
 */
export async function stepsOf(work: () => unknown): Promise<number> {
  await session.post("Profiler.takePreciseCoverage");
  await work();
  const { result } = await session.post("Profiler.takePreciseCoverage");
  const own = result.filter(({ url }) => !url.startsWith("node:") && !url.includes("/vitest/"));
  return own
    .flatMap(({ functions }) => functions)
    .flatMap(({ ranges }) => ranges)
    .reduce((sum, { count }) => sum + count, 0);
}
