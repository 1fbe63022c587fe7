import { expect, onTestFinished, test } from "vitest";
import { partnerCenter } from "../../../src/adapters/partner-center/partner-center.ts";
import { startEmulator } from "../../../src/emulator/emulator.ts";
import type { Spec } from "../../../src/model/values/json.ts";
import type { Probe } from "../../../src/model/probe.ts";
import { folder } from "../changes.ts";
import { emulatorOptions } from "./emulated.ts";
import { type Answer, type Got, open, type Server, serve } from "./server.ts";

const never = new AbortController().signal;
const nothing = { status: 200, body: { items: [], value: [] } };

async function probed(
  answer: (got: Got) => Answer,
  more: Spec = {},
): Promise<{ probes: readonly Probe[]; server: Server }> {
  const server = await serve(answer);
  const adapter = open(server.url, folder(), {
    retry: { attempts: 1, longestSeconds: 0 },
    ...more,
  });
  onTestFinished(async () => {
    await adapter.close();
    await server.close();
  });
  return { probes: (await adapter.probe?.(never)) ?? [], server };
}

const profile = ({ path }: Got) => path === "/v1/profiles/billing";

test("what is managed is asked for, by readings alone, and the user's sign-in is to be validated", async () => {
  const { probes, server } = await probed(() => nothing);
  expect(probes.map(({ allowed }) => allowed)).toEqual([true, true, true, true, true]);
  expect(
    server.got.map(({ method, path, headers }) => [method, path, headers.validatemfa]),
  ).toEqual([
    ["GET", "/v1/profiles/billing", "true"],
    ["GET", "/v1/customers?size=1", undefined],
    ["GET", "/v1.0/users?$top=1&$select=id", undefined],
    ["GET", "/v1.0/directoryRoles", undefined],
    ["GET", "/v1/invoices?size=1&offset=0", undefined],
  ]);
});

test("nothing is asked for what is not managed", async () => {
  const { server } = await probed(() => nothing, {
    capabilities: { PartnerProfile: false, User: false },
    invoices: false,
  });
  expect(server.got.map(({ path }) => path)).toEqual(["/v1/customers?size=1"]);
});

test.each<readonly [string, Answer, string]>([
  [
    "refuses",
    {
      status: 401,
      body: { code: "900421", description: "Access denied: MFA is required for this operation." },
    },
    "without multi-factor authentication (401/900421)",
  ],
  ["reports", { ...nothing, headers: { isMfaCompliant: "False" } }, "may refuse it any day"],
])(
  "a user without multi-factor authentication is told of where the service %s it",
  async (_, answer, said) => {
    const { probes } = await probed((got) => (profile(got) ? answer : nothing));
    expect(probes[0]).toMatchObject({
      allowed: false,
      said: expect.stringContaining(said),
      hint: expect.stringContaining("partnerctl login"),
    });
    expect(probes.slice(1).every(({ allowed }) => allowed)).toBe(true);
  },
);

test("a user with it is not", async () => {
  const { probes } = await probed((got) =>
    profile(got) ? { ...nothing, headers: { isMfaCompliant: "true" } } : nothing,
  );
  expect(probes[0]?.allowed).toBe(true);
});

test.each<readonly [string, Answer, string]>([
  [
    "a refusal",
    { status: 403, body: { code: 900150, description: "The role lacks rights" } },
    "The role lacks rights (403/900150)",
  ],
  ["no answer", undefined, "/v1/customers"],
])("%s ends no other question", async (_, answer, said) => {
  const { probes } = await probed((got) =>
    got.path.startsWith("/v1/customers") ? answer : nothing,
  );
  expect(probes.map(({ allowed }) => allowed)).toEqual([true, false, true, true, true]);
  expect(probes[1]?.said).toContain(said);
});

test("the emulator's application says what its token carries, and a user without multi-factor authentication is refused there", async () => {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const adapter = partnerCenter(emulatorOptions(emulator.url), { root: folder() });
  onTestFinished(() => adapter.close());
  const probes = await adapter.probe?.(never);
  expect(probes?.map(({ allowed }) => allowed)).toEqual([true, true, true, true, true]);
  expect(probes?.[2]?.said).toContain(
    "GroupMember.ReadWrite.All, RoleManagement.ReadWrite.Directory",
  );
  emulator.control.setQuirks({ withoutMfa: true });
  expect((await adapter.probe?.(never))?.map(({ allowed }) => allowed)).toEqual([
    false,
    true,
    true,
    true,
    true,
  ]);
});

test("a refusal of invoices says how to do without them, and lacks nothing that plans need", async () => {
  const { probes } = await probed((got) =>
    got.path.startsWith("/v1/invoices") ? { status: 403, body: { code: 900150 } } : nothing,
  );
  expect(probes.at(-1)).toMatchObject({
    ...{ what: "Read invoices.", allowed: false, optional: true },
    hint: expect.stringContaining("partnerctl reconcile --file"),
  });
});
