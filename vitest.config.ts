import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { memoryPlace } from "./test/memory.ts";
import { LongestFirst } from "./test/sequence.ts";

const memory = memoryPlace();

/**
 * They replace modules or the clock, and what other tests of their process have loaded keeps the
 * real ones.
 */
const alone = [
  "test/cases.test.ts",
  "test/collisions/protections.test.ts",
  "test/operations/add-ons.test.ts",
  "test/operations/detached.test.ts",
  "test/operations/orders-unguarded.test.ts",
  "test/operations/orders.property.test.ts",
  "test/operations/saved-plans.test.ts",
  "test/operations/snapshot/guards.test.ts",
  "test/store/ledger/memory.test.ts",
];

/** Restores a process that tests share. */
const restored = fileURLToPath(new URL("./test/restored.ts", import.meta.url));

/** Tests that draw examples get the ones of a seed. */
const seeded = fileURLToPath(new URL("./test/seeded.ts", import.meta.url));

export default defineConfig({
  plugins: [
    {
      name: "seeded",
      enforce: "pre",
      resolveId: (source, importer) =>
        source === "fast-check" && importer !== seeded ? seeded : undefined,
    },
  ],
  test: {
    projects: [
      { extends: true, test: { name: "alone", include: alone } },
      {
        extends: true,
        test: {
          name: "shared",
          // A process of many files starts once and loads each module once.
          isolate: false,
          setupFiles: [restored],
          include: ["test/**/*.test.ts"],
          exclude: ["**/node_modules/**", "test/**/fixtures/**", ...alone],
        },
      },
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
    // Many tests wait for a disk or a timer: a worker more than there are cores leaves none of them
    // idle.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    // What makes a ledger durable costs most of the time on a disk, and says nothing there that it
    // does not say in memory.
    env: {
      ...(memory !== undefined && { TMPDIR: memory }),
      HTTP_PROXY: "",
      HTTPS_PROXY: "",
      http_proxy: "",
      https_proxy: "",
    },
  },
});
