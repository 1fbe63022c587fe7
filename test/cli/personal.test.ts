import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { kinds } from "../../src/kinds/index.ts";
import type { Spec } from "../../src/model/values/json.ts";
import { segments, valueAt, withValue } from "../../src/model/values/pointer.ts";
import { formatsFor } from "../../src/report/index.ts";
import { folder, folderWith, manifest, type Said, settings, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

/** What is found wherever a canary is, however a format escapes what stands around it. */
const canary = /zq7x\w*|13977770\d+|雀/giu;
const shared = ["markdown", "html", "sarif", "junit", "github"];

let numbers = 0;

/** A value that occurs nowhere else, as the field takes it. */
function value(field: string): string {
  const number = String(++numbers).padStart(3, "0");
  if (/email|principal/i.test(field)) return `zq7x${number}@canary.example`;
  if (/phone$/i.test(field)) return `+86 13977770${number}`;
  return numbers % 2 === 0 ? `zq7x${number}` : `金丝雀${number}`;
}

/** Every personal field of a kind, with a value of its own each. */
function canaries(kind: string): Spec {
  const found = kinds.find(({ name }) => name === kind);
  const below = (pointer: string) =>
    pointer === "/recovery" || /Contact$/.test(pointer) ? fieldsOf(kind, pointer) : [pointer];
  const all = (found?.personal ?? []).flatMap(below);
  return all.reduce<Spec>(
    (spec, pointer) => withValue(spec, pointer, value(segments(pointer).at(-1) ?? "")),
    {},
  );
}

function fieldsOf(kind: string, pointer: string): readonly string[] {
  const fields: Readonly<Record<string, readonly string[]>> = {
    User: ["alternateEmail", "mobilePhone"],
    PartnerProfile: ["firstName", "lastName", "email", "phoneNumber"],
  };
  return (fields[kind] ?? []).map((field) => `${pointer}/${field}`);
}

/** In what a command shows, the canaries by format; a file it did not write shows none. */
async function shows(
  folder: string,
  args: readonly string[],
  more: readonly string[] = [],
): Promise<Record<string, readonly string[]> & { said: Said }> {
  const able = formatsFor(commands.find(({ name }) => name === args[0])?.shows ?? []).filter(
    (one) => shared.includes(one),
  );
  const saves = able.flatMap((format) => ["--save", `${format}=out.${format}`]);
  for (const format of able) rmSync(join(folder, `out.${format}`), { force: true });
  const said = await partnerctl(folder, [...args, ...saves, ...more]);
  const found = able.map((format) => {
    expect(
      existsSync(join(folder, `out.${format}`)),
      `${args.join(" ")}: ${format}\n${said.stderr}`,
    ).toBe(true);
    return [
      format,
      [...new Set(readFileSync(join(folder, `out.${format}`), "utf8").match(canary))],
    ] as const;
  });
  return Object.assign(Object.fromEntries(found), { said }) as Record<string, readonly string[]> & {
    said: Said;
  };
}

async function nothingShown(folder: string, ...args: readonly string[]): Promise<Said> {
  const { said, ...found } = await shows(folder, args);
  expect([args, found]).toEqual([
    args,
    Object.fromEntries(Object.keys(found).map((format) => [format, []])),
  ]);
  expect(Object.keys(found).length).toBeGreaterThan(0);
  return said;
}

const users = (...all: readonly (readonly [string, Spec, object?])[]): string =>
  all.map(([name, spec, more]) => manifest("User", name, spec, more)).join("---\n");

describe("an account in which every personal field holds a canary", () => {
  let place = "";
  const [one, two] = [
    { ...canaries("User"), roles: { administrator: "global" } } as Spec,
    canaries("User"),
  ];
  const profile = withValue(
    canaries("PartnerProfile"),
    "/legalBusiness/primaryContact/email",
    one.userPrincipalName,
  );
  const address = { country: "CN", state: "BJ" };
  const customer = withValue(
    withValue(canaries("Customer"), "/domain", "fabrikam.partner.onmschina.cn"),
    "/billing/address",
    {
      ...(valueAt(canaries("Customer"), "/billing/address") as Spec),
      ...address,
    },
  );
  const whole = ["companyName", "culture", "language"].reduce<Spec>(
    (spec, field) =>
      withValue(
        spec,
        `/billing/${field}`,
        { companyName: "Fabrikam", culture: "zh-CN", language: "zh-CHS" }[field],
      ),
    customer,
  );

  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), "partnerctl-personal-"));
    write(place, {
      "partnerctl.yaml": settings(),
      "manifests/users.yaml": users(["one", one], ["two", two]),
      "manifests/profile.yaml": manifest("PartnerProfile", undefined, profile),
      "manifests/customer.yaml": manifest("Customer", "fabrikam", whole),
    });
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  test("what is shared of validating, planning, applying, showing and explaining tells none of them, unless it is asked to", async () => {
    await nothingShown(place, "validate");
    const planned = await nothingShown(place, "plan", "--out", "plan.json");
    expect([...planned.stdout.matchAll(canary)].length).toBeGreaterThan(10);
    const shown = await shows(place, ["show", "plan.json"], ["--show-personal"]);
    for (const format of ["markdown", "html"])
      expect(shown[format]?.length, format).toBeGreaterThan(10);
    await nothingShown(place, "show", "plan.json");
    await nothingShown(place, "why", "User/one");
    await nothingShown(place, "render");
    for (const format of ["text", "json"]) {
      const masked = await partnerctl(place, [
        "show",
        "plan.json",
        "--format",
        format,
        "--mask-personal",
      ]);
      expect([masked.status, masked.stdout.match(canary)]).toEqual([0, null]);
    }
    const applied = await nothingShown(
      place,
      "apply",
      "plan.json",
      "--allow",
      "irreversible",
      "--format",
      "json",
    );
    expect(applied).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('"status": "done"'),
    });
    write(place, { "receipt.json": applied.stdout });
    await nothingShown(place, "show", "receipt.json");
    await nothingShown(place, "history");
  });

  test("nor do changes, renames, tombstones with a reason, drift and what nobody declares", async () => {
    const [name, first] = [String(one.displayName), String(one.userPrincipalName)];
    write(place, {
      "manifests/users.yaml": users(
        [
          "one",
          { ...one, userPrincipalName: "zq7xrenamed@canary.example", displayName: "zq7xmarried" },
        ],
        [
          "two",
          {},
          {
            state: "absent",
            reason: `${String(two.displayName)} left; ${name} (${first}) takes over.`,
          },
        ],
      ),
    });
    const fixed = await nothingShown(place, "plan");
    expect(fixed.stdout).toContain("plan/fixed-field");
    const changed = users(
      [
        "one",
        {
          ...one,
          userPrincipalName: first,
          displayName: "zq7xmarried",
          recovery: { mobilePhone: "+86 13977770999" },
        },
      ],
      [
        "two",
        {},
        {
          state: "absent",
          reason: `${String(two.displayName)} left; ${name} (${first}) takes over.`,
        },
      ],
    );
    write(place, { "manifests/users.yaml": changed });
    const removed = await nothingShown(place, "plan");
    expect(removed.stdout).toContain(`${String(two.displayName)} left`);
    await nothingShown(place, "why", "User/two");
    write(place, { "manifests/users.yaml": users(["one", one], ["two", two]) });
    const moved = {
      ...two,
      displayName: "zq7xmoved",
      recovery: { mobilePhone: "+86 13977770998" },
    };
    write(place, { "elsewhere/users.yaml": users(["one", one], ["two", moved]) });
    expect((await partnerctl(place, ["apply", "--yes", "elsewhere"])).status).toBe(0);
    const [pulled, masked, shown] = [
      await partnerctl(place, ["pull", "--all", "--dry-run"]),
      await partnerctl(place, ["pull", "--all", "--dry-run", "--format", "markdown", "--quiet"]),
      await partnerctl(place, [
        "pull",
        "--all",
        "--dry-run",
        "--format",
        "markdown",
        "--show-personal",
      ]),
    ];
    for (const one of [pulled, shown]) expect(one.stdout).toMatch(/zq7xmoved/);
    expect(masked).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('-    "displayName": "<personal>"'),
    });
    expect(masked.stdout.match(canary)).toBe(null);
    write(place, {
      "before/users.yaml": users(["one", one], ["two", two]),
      "manifests/users.yaml": "",
    });
    await nothingShown(place, "diff", "before", "manifests");
    const unmanaged = await nothingShown(place, "plan");
    expect(unmanaged.stdout).toContain(first);
  });
});

const mail = "zq7xmail@canary.example";
const base: Spec = {
  userPrincipalName: mail,
  displayName: "金丝雀",
  recovery: { alternateEmail: mail },
};
const flow = (spec: string): string =>
  `{apiVersion: partnercenter/v1, kind: User, metadata: {name: one}, spec: {${spec}}}\n`;

const mistakes: readonly (readonly [string, string, string])[] = [
  [
    "an e-mail address that is none",
    users(["one", { ...base, recovery: { alternateEmail: "zq7x at canary" } }]),
    "schema/format",
  ],
  [
    "a number that is none",
    users(["one", { ...base, recovery: { mobilePhone: "金丝雀" } }]),
    "schema/pattern",
  ],
  ["a misspelt field", users(["one", { ...base, displayNam: "金丝雀" }]), "schema/unknown-field"],
  [
    "a list for a name",
    users(["one", { ...base, displayName: ["金丝雀", "zq7x"] }]),
    "schema/type",
  ],
  [
    "an address for the name of a field",
    users(["one", { ...base, recovery: { [mail]: true } }]),
    "schema/unknown-field",
  ],
  [
    "a name for the name of a field",
    users(["one", { ...base, 金丝雀: true }]),
    "schema/unknown-field",
  ],
  [
    "an address where a role belongs",
    users(["one", { ...base, roles: { administrator: mail } }]),
    "schema/enum",
  ],
  [
    "a telephone number without quotes",
    flow(`userPrincipalName: ${mail}, displayName: 13977770001`),
    "schema/type",
  ],
  [
    "brackets that are not closed",
    flow(`userPrincipalName: ${mail}, recovery: {alternateEmail: ${mail}`),
    "syntax/",
  ],
  [
    "a field twice",
    flow(`userPrincipalName: ${mail}, displayName: 金丝雀, displayName: zq7x`),
    "syntax/duplicate-key",
  ],
  ["no kind anybody knows", users(["one", base]).replace('"User"', '"Usr"'), "schema/unknown-kind"],
  [
    "two users of one name",
    users(["one", base], ["two", { ...base, userPrincipalName: mail.toUpperCase() }]),
    "identity/duplicate-key",
  ],
  [
    "a former name that is another's",
    users(["one", base], ["two", { ...base, userPrincipalName: "zq7xtwo@canary.example" }]).replace(
      '"name": "two"',
      `"name": "two", "previously": ["${mail}"]`,
    ),
    "identity/previously-taken",
  ],
  [
    "no way to recover",
    users(["one", { userPrincipalName: mail, displayName: "金丝雀" }]),
    "user/no-recovery",
  ],
];

test.each(mistakes)("%s is told to others without what was written", async (_, text, code) => {
  const folder = folderWith({ "partnerctl.yaml": settings(), "manifests/users.yaml": text });
  const said = await nothingShown(folder, "validate");
  expect(said.stdout).toContain(code);
  await nothingShown(folder, "plan");
});

test("a policy's words are told to others without whom they name, and whole to whoever asks", async () => {
  const policy = manifest("Policy", "named", {
    on: "resource",
    kinds: ["User"],
    expression: "false",
    message:
      "${resource.spec.displayName}, beside ${resources.map(one, one.spec.userPrincipalName)}, is one too many.",
    severity: "warning",
  });
  const text = users(
    ["one", base],
    ["two", { ...base, userPrincipalName: "zq7xtwo@canary.example", displayName: "zq7x Two" }],
  );
  const folder = folderWith({
    "partnerctl.yaml": settings(),
    "policies/a.yaml": policy,
    "manifests/users.yaml": text,
  });
  for (const command of ["validate", "plan"]) {
    const said = await nothingShown(folder, command);
    expect(said.stdout).toContain(
      "金丝雀, beside zq7xmail@canary.example, zq7xtwo@canary.example, is one too many.",
    );
    const { said: _, ...shown } = await shows(folder, [command], ["--show-personal"]);
    expect(shown).toEqual(
      Object.fromEntries(
        Object.keys(shown).map((format) => [format, expect.arrayContaining(["雀"])]),
      ),
    );
  }
  expect(readFileSync(join(folder, "out.junit"), "utf8")).toContain("is one too many.");
});

test("what is somebody's data is told by explain and by the schema", async () => {
  const place = folder();
  expect((await partnerctl(place, ["explain", "Customer.billing.address.city"])).stdout).toContain(
    "personal",
  );
  const schema = JSON.parse((await partnerctl(place, ["schema", "User"])).stdout);
  expect(schema.properties.spec.properties.displayName["x-personal"]).toBe(true);
});

test("showing and masking at once is refused, before anything is done", async () => {
  const folder = folderWith({ "partnerctl.yaml": settings() });
  expect(
    await partnerctl(folder, ["plan", "--show-personal", "--mask-personal", "--out", "plan.json"]),
  ).toEqual({
    status: 1,
    stdout: "",
    stderr:
      "error  usage/contradiction\n  --show-personal and --mask-personal contradict each other: say one.\n\n1 error.\n",
  });
  expect(existsSync(join(folder, "plan.json"))).toBe(false);
});
