import { afterAll, vi } from "vitest";
import { forgetSecrets } from "../src/model/text/secrets.ts";

// Before and after each file of tests that shares its process with others: what one file did to the
// process ends with it.
const before = { ...process.env };

forgetSecrets();
vi.useFakeTimers = () => {
  throw new Error("A test that replaces the clock belongs to `alone` in vitest.config.ts.");
};

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});
