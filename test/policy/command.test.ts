import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { folder, folderWith, manifest, settings, users, write } from "../cli/binary.ts";
import { partnerctl } from "../cli/one-process.ts";

const example = join(import.meta.dirname, "../../examples/contoso");

const odd = {
  on: "resource",
  kinds: ["User"],
  expression: 'resource.name != "odd" && size(resource.spec.displayName) > 0',
  message: "${resource.name} is odd",
};

function project(tests: readonly object[] | undefined): string {
  const spec = tests === undefined ? odd : { ...odd, tests };
  return folderWith({
    "partnerctl.yaml": settings(),
    "policies/a.yaml": manifest("Policy", "no-odd", spec),
    "manifests/u.yaml": users("odd"),
  });
}

const fine = {
  name: "even",
  resource: { name: "even", spec: { displayName: "Even" } },
  expect: "pass",
};

test("the example's policies pass their tests, from any folder of the project", async () => {
  const root = folder();
  cpSync(example, root, { recursive: true, filter: (path) => !path.includes(".partnerctl") });
  const all = await partnerctl(root, ["policy", "test"]);
  expect([all.status, all.stderr]).toEqual([0, ""]);
  expect(all.stdout).toContain(
    "order-limit\n  ✓ an order at the limit passes\n  ✓ a cent more is too much\n",
  );
  expect(all.stdout).toMatch(/\n14 passed\.\n$/);
  const one = await partnerctl(join(root, "policies"), ["policy", "test", "people.yaml"]);
  expect([
    one.status,
    one.stdout.includes("order-limit"),
    one.stdout.includes("way-back-in"),
  ]).toEqual([0, false, true]);
});

test("a test that fails says what came out instead", async () => {
  const tests = [
    fine,
    { name: "odd is odd", resource: { name: "odd" }, expect: "fail", message: "odd is even" },
    { name: "odd passes", resource: { name: "odd" }, expect: "pass" },
    { name: "a customer is none of its business", resource: { kind: "Customer" }, expect: "skip" },
    { name: "nobody", expect: "fail" },
    { name: "not of the right form", change: { fields: 3 }, expect: "fail" },
  ];
  const root = project(tests);
  const { status, stdout } = await partnerctl(root, ["policy", "test"]);
  expect(status).toBe(1);
  expect(stdout).toBe(
    [
      "no-odd",
      "  ✓ even",
      "  ✗ odd is odd  policies/a.yaml:26",
      "      expected it to say: odd is even",
      "      and it says: odd is odd",
      "  ✗ odd passes  policies/a.yaml:34",
      "      expected pass, got fail: odd is odd",
      "  ✓ a customer is none of its business",
      "  ✗ nobody  policies/a.yaml:48",
      "      expected fail, and it could not be evaluated: No such key: displayName",
      "  ✗ not of the right form  policies/a.yaml:52",
      "      expected fail, and it could not be evaluated: what it gives is not of the right form:",
      "      fields.map is not a function",
      "",
      "4 failed, 2 passed.",
      "",
    ].join("\n"),
  );
  const json = await partnerctl(root, ["policy", "test", "--format", "json"]);
  const { version, policies } = JSON.parse(json.stdout);
  expect([json.status, version, policies[0].name, policies[0].tests[0]]).toEqual([
    1,
    1,
    "no-odd",
    expect.objectContaining({ name: "even", expected: "pass", actual: "pass", passed: true }),
  ]);
  const markdown = await partnerctl(root, ["policy", "test", "--format", "markdown"]);
  expect([markdown.status, markdown.stdout.startsWith("```")]).toEqual([1, true]);
});

test("a policy without tests is noted, and fails nothing", async () => {
  const { status, stdout } = await partnerctl(project(undefined), ["policy", "test"]);
  expect([
    status,
    stdout.includes("note  policy/untested"),
    stdout.endsWith("0 passed.\n"),
  ]).toEqual([0, true, true]);
});

test.each<readonly [string, readonly string[], string]>([
  [
    "another word",
    ["policy", "tset"],
    "error  usage/unknown-command\n  There is no command tset.\n  hint: Did you mean `policy test`?\n\n1 error.\n",
  ],
  [
    "no policies",
    ["policy", "test"],
    "error  policy/none\n  There is no folder policies with policies.\n\n1 error.\n",
  ],
])("%s is wrong input", async (_, words, said) => {
  const root = folderWith({ "partnerctl.yaml": settings(), "manifests/u.yaml": users("li-wei") });
  expect(await partnerctl(root, words)).toEqual({ status: 1, stdout: "", stderr: said });
});

test("a broken policy is shown with its place, and no test is run", async () => {
  const root = project([fine]);
  write(root, {
    "policies/b.yaml": manifest("Policy", "b", { ...odd, expression: "resuorce.name" }),
  });
  const { status, stderr } = await partnerctl(root, ["policy", "test"]);
  expect([status, stderr.includes("policies/b.yaml:12:20  error  policy/expression")]).toEqual([
    1,
    true,
  ]);
});

test("validate, plan and diff say what policies find, at the manifest's line, and end with 1", async () => {
  const root = project([fine]);
  for (const command of [["validate"], ["plan"], ["diff", "empty", "manifests"]]) {
    write(root, { "empty/none.yaml": "# nothing\n" });
    const { status, stdout } = await partnerctl(root, command);
    expect([
      command[0],
      status,
      stdout.includes("u.yaml:5:13  error  policy/no-odd"),
      stdout.includes("odd is odd"),
    ]).toEqual([command[0], 1, true, true]);
  }
  const again = await partnerctl(root, ["plan", "--format", "json"]);
  expect(JSON.parse(again.stdout).problems[0]).toMatchObject({
    code: "policy/no-odd",
    at: { line: 5 },
    address: "User/odd",
  });
});

test("the schema and the reference of policies are there", async () => {
  const root = folder();
  const schema = await partnerctl(root, ["schema", "policy"]);
  expect(JSON.parse(schema.stdout).title).toBe("Policy");
  const field = await partnerctl(root, ["explain", "Policy.severity"]);
  expect([field.status, field.stdout.includes("error stops an apply")]).toEqual([0, true]);
  expect((await partnerctl(root, ["explain", "suppression"])).stdout).toContain("until");
});

test("what evaluates policies is loaded only where there are any", async () => {
  const loads = async (root: string): Promise<boolean> => {
    const traces = join(root, "traces");
    await partnerctl(root, ["validate"], { env: { NODE_V8_COVERAGE: traces } });
    const scripts = readdirSync(traces).flatMap(
      (file) => (JSON.parse(readFileSync(join(traces, file), "utf8")) as Trace).result,
    );
    const own = scripts.flatMap(({ url }) => (url.includes("/dist/") ? fileURLToPath(url) : []));
    expect(own.length).toBeGreaterThan(3);
    return own.some((file) => readFileSync(file, "utf8").includes("maxAstNodes"));
  };
  expect(await loads(project([fine]))).toBe(true);
  expect(
    await loads(folderWith({ "partnerctl.yaml": settings(), "manifests/u.yaml": users("li-wei") })),
  ).toBe(false);
});

interface Trace {
  readonly result: readonly { readonly url: string }[];
}
