import { resolve } from "node:path";
import { test } from "vitest";
import { openAdapter } from "../../src/adapters/index.ts";
import { conformance } from "../../src/conformance.ts";
import { folder } from "../adapters/changes.ts";

const root = resolve(import.meta.dirname, "../../examples/adapter");
const options = { folder: folder() };
for (const { title, notApplicable, run } of await conformance({
  adapter: () => openAdapter("./adapter.mjs", options, root),
}))
  test.skipIf(notApplicable)(notApplicable ? `${title} (${notApplicable})` : title, run);
