import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { memoryPlace } from "./test/memory.ts";
import { LongestFirst } from "./test/sequence.ts";

const memory = memoryPlace();

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
    // Many tests wait for a disk or a timer: a worker more than there are cores leaves none of them idle.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    // What makes a ledger durable costs most of the time on a disk, and says nothing there that it does not say in memory.
    env: { ...(memory !== undefined && { TMPDIR: memory }), HTTP_PROXY: "", HTTPS_PROXY: "", http_proxy: "", https_proxy: "" },
  },
});
