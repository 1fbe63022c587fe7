import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { AdapterUnusable } from "../../../src/adapters/factory.ts";
import { partnerCenter } from "../../../src/adapters/partner-center/partner-center.ts";
import { selfSigned } from "../../../src/emulator/certificate.ts";
import { type Emulator, startEmulator, tenant } from "../../../src/emulator/emulator.ts";
import type { Adapter } from "../../../src/model/adapter.ts";
import type { Spec } from "../../../src/model/values/json.ts";
import { folder } from "../changes.ts";
import { emulatorOptions } from "./emulated.ts";

const never = new AbortController().signal;
const [known, stranger] = [
  selfSigned({ organization: "Contoso", commonName: "partnerctl" }),
  selfSigned({ organization: "Contoso", commonName: "stranger" }),
];
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({
    application: { certificate: known.certificate, clientSecret: "of no use" },
  });
});
beforeEach(() => emulator.control.clearRequests());
afterAll(() => emulator.close());

/** An adapter that signs in with a certificate, and whatever else is said. */
function opened(
  { certificate, privateKey }: typeof known,
  more: Spec = {},
  secrets: Spec = {},
): Adapter {
  const root = folder();
  writeFileSync(join(root, "certificate.pem"), certificate);
  const options = {
    ...emulatorOptions(emulator.url),
    certificate: "certificate.pem",
    secrets: { privateKey, ...secrets },
    ...more,
  };
  const adapter = partnerCenter(options, { root });
  onTestFinished(() => adapter.close());
  return adapter;
}

async function offers(adapter: Adapter): Promise<number> {
  let count = 0;
  for await (const _ of adapter.read({ kind: "Offer" }, never)) count += 1;
  return count;
}

type Failure = Error & { readonly diagnostic?: AdapterUnusable["diagnostic"] };

async function failure(work: () => unknown): Promise<Failure> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing failed");
}

describe.each(["v1", "v2"] as const)(
  "a certificate, at the %s token endpoint,",
  (tokenEndpoint) => {
    test("signs in the application", async () => {
      expect(await offers(opened(known, { tokenEndpoint }))).toBeGreaterThan(20);
      const [asked] = emulator.control.requests();
      expect(asked?.url.split("?", 1)[0]).toBe(
        `/${tenant.id}/oauth2/${tokenEndpoint === "v1" ? "" : "v2.0/"}token`,
      );
    });

    test("signs in a user", async () => {
      const adapter = opened(
        known,
        { tokenEndpoint, signIn: "user" },
        { refreshToken: "emulator-refresh-token" },
      );
      expect((await adapter.account(never)).principal).toMatch(/^[0-9a-f-]{36}$/);
    });

    test("of somebody else is refused, and the message says why and holds nothing of the key", async () => {
      const error = await failure(() => offers(opened(stranger, { tokenEndpoint })));
      expect(error).toMatchObject({ name: "AdapterError", problem: "denied" });
      expect(error.message).toBe(
        "The authority refused to sign in (invalid_client): AADSTS700027: Client assertion contains an invalid signature. [Reason - The key was not found.].",
      );
      expect(error.message).not.toContain("PRIVATE KEY");
      expect(emulator.control.requests().map(({ url }) => url)).toEqual([
        expect.stringContaining("/token"),
      ]);
    });

    test("is registered while the emulator runs", async () => {
      const late = selfSigned({ organization: "Contoso", commonName: "late" });
      const register = (certificate: string) =>
        fetch(`${emulator.url}/_emulator/certificates`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ certificate }),
        });
      expect((await register("none")).status).toBe(400);
      expect(await (await register(late.certificate)).json()).toMatchObject({
        subject: "O=Contoso\nCN=late",
      });
      expect(await offers(opened(late, { tokenEndpoint }))).toBeGreaterThan(20);
    });
  },
);

test("a secret that is wrong is refused", async () => {
  const adapter = partnerCenter(
    emulatorOptions(emulator.url, { secrets: { clientSecret: "canary" } }),
    { root: folder() },
  );
  const error = await failure(() => offers(adapter));
  expect(error.message).toMatch(/invalid_client.*AADSTS7000215/);
  expect(error.message).not.toContain("canary");
  await adapter.close();
});

test("line breaks of a key may be written as \\n, as environment variables often have them", async () => {
  expect(
    await offers(opened({ ...known, privateKey: known.privateKey.replaceAll("\n", "\\n") })),
  ).toBeGreaterThan(20);
});

test.each([
  [
    "of another certificate",
    { ...known, privateKey: stranger.privateKey },
    /privateKey is not the key of the certificate in .*certificate\.pem, which has the subject O=Contoso, CN=partnerctl\.$/,
  ],
  [
    "that is none",
    { ...known, privateKey: "canary-key" },
    /privateKey is no private key in PEM form/,
  ],
  [
    "of a file that is no certificate",
    { ...known, certificate: "canary" },
    /certificate\.pem holds no certificate in PEM form/,
  ],
] as const)("a key %s is an error before the first request", async (_, pair, message) => {
  const { diagnostic } = await failure(() => opened(pair));
  expect(diagnostic).toMatchObject({
    code: "adapter/options",
    message: expect.stringMatching(message),
  });
  expect(JSON.stringify(diagnostic)).not.toMatch(/canary|BEGIN PRIVATE KEY-----\\n[^)]/);
  expect(emulator.control.requests()).toEqual([]);
});

test("a certificate's file that is missing is named", async () => {
  const options = {
    ...emulatorOptions(emulator.url),
    certificate: "nowhere.pem",
    secrets: { privateKey: known.privateKey },
  };
  const { diagnostic } = await failure(() => partnerCenter(options, { root: folder() }));
  expect(diagnostic?.message).toMatch(/nowhere\.pem cannot be read \(ENOENT\)/);
});
