import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { parse } from "yaml";
import { expect, test } from "vitest";
import { hosted } from "./repository.ts";

// What pre-commit does with a hook: it runs the entry, in the repository, where a file that is
// committed matches.
interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
  readonly pass_filenames: boolean;
}
const hooks: readonly Hook[] = parse(
  readFileSync(join(import.meta.dirname, "../../.pre-commit-hooks.yaml"), "utf8"),
);

test("each hook lets a good commit pass and stops a bad one", { timeout: 60_000 }, async () => {
  const own = await hosted("github", { installed: true });
  const run = async ({ entry }: Hook) =>
    execa(entry, { shell: true, cwd: own.clone, env: own.env, extendEnv: false, reject: false });
  const named = Object.fromEntries(hooks.map((hook) => [hook.id, hook]));
  expect(Object.keys(named)).toEqual(["partnerctl-validate", "partnerctl-fmt"]);
  for (const hook of hooks) {
    expect("manifests/users.yaml").toMatch(new RegExp(hook.files, "u"));
    expect(await run(hook), hook.id).toMatchObject({ exitCode: 0 });
  }
  await own.push("manifests/users.yaml", (text) =>
    text.replace("agent: sales", "agent:   'sales'").replace("usageLocation", "usageLocatoin"),
  );
  const [validate, fmt] = [await run(hooks[0] as Hook), await run(hooks[1] as Hook)];
  expect(validate).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("usageLocatoin") });
  // It formats, which pre-commit notices by itself: a hook that changes files has failed.
  expect(fmt.exitCode).toBe(0);
  expect(await own.git("diff", "--stat")).toContain("manifests/users.yaml");
});
