import { onTestFinished } from "vitest";
import {
  defaultApplication,
  type Emulator,
  firstRefreshToken,
} from "../../../src/emulator/emulator.ts";
import { type ProjectHarness, setUpProject } from "../../operations/project-harness.ts";

/**
 * The example at an emulator, with the adapter's own idea of what can be done and how long a list
 * lags; gone after the test.
 */
export async function exampleAt(emulator: Pick<Emulator, "url">): Promise<ProjectHarness> {
  process.env.PARTNERCTL_ALLOWED_HOSTS = "127.0.0.1";
  process.env.PARTNER_CENTER_CLIENT_SECRET = defaultApplication.clientSecret;
  process.env.PARTNER_CENTER_REFRESH_TOKEN = firstRefreshToken;
  const shop = await setUpProject({ env: "emulator" });
  onTestFinished(() => shop.end());
  const urls = Array.from({ length: 3 }, () => ["http://127.0.0.1:8021", emulator.url] as const);
  shop.edit("partnerctl.yaml", ...urls, [
    "        refreshTokenFile:",
    "        requestsPerMinute: 1000000\n        retry: { seconds: 0.005 }\n        poll: { seconds: 0.05 }\n        timeoutSeconds: 2\n        refreshTokenFile:",
  ]);
  return shop;
}
