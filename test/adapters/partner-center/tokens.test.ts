import { expect, onTestFinished, test } from "vitest";
import { type LoggedRequest, startEmulator } from "../../../src/emulator/emulator.ts";
import { change } from "../../operations/project-harness.ts";
import { exampleAt } from "./example.ts";

/** What only a signed-in user may do, by the documented prerequisites of each operation. */
const usersOnly = [
  /^PUT \/v1\/profiles\/(legalbusiness|billing|organization|support)/,
  /^GET \/v1\/profiles\/(billing|organization|support)/,
  /^GET \/v1\/customers\/[^/]+\/orders\/[^/]+\/provisioningstatus/,
  // The application may; a user may be demanded (user_context_required), and is at hand.
  /^(GET|POST) \/v1\/customers\/[^/]+\/subscriptions\/[^/]+\/upgrades/,
];

test("each operation is done with the token that is documented for it: a user's where only a user may, else the application's", async () => {
  const emulator = await startEmulator({ quirks: "none" });
  onTestFinished(() => emulator.close());
  const shop = await exampleAt(emulator);
  shop.edit("partnerctl.yaml", [
    "        requestsPerMinute",
    "        capabilities: { Subscription: { lag: 0 }, User: { lag: 0 } }\n        requestsPerMinute",
  ]);
  expect((await shop.apply()).status).toBe("applied");
  change(shop);
  expect((await shop.apply()).status).toBe("applied");
  const requests = emulator.control.requests().filter(({ url }) => !url.includes("/oauth2/"));
  const named = ({ method, url }: LoggedRequest) => `${method} ${url}`;
  const wrong = requests.filter(
    (one) => one.principal !== (usersOnly.some((only) => only.test(named(one))) ? "user" : "app"),
  );
  expect(wrong.map((one) => `${named(one)} as ${one.principal}`)).toEqual([]);
  for (const only of usersOnly)
    expect([only, requests.some((one) => only.test(named(one)))]).toEqual([only, true]);
  expect(requests.filter(({ status = 0 }) => status === 401 || status === 403)).toEqual([]);
});
