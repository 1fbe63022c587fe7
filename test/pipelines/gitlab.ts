import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { execa } from "execa";
import { parse } from "yaml";
import { folder } from "../cli/binary.ts";
import type { Hosted } from "./repository.ts";

// As much of GitLab as the component and the example need: inputs, extends, rules, variables and
// scripts.

const template = join(import.meta.dirname, "../../templates/partnerctl.yml");

interface Job {
  readonly extends?: string;
  readonly rules?: readonly { readonly if: string }[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly artifacts?: { readonly paths: readonly string[] };
}

/** How a job went. */
export interface Ran {
  readonly job: string;
  readonly status: number;
  readonly log: string;
  readonly workspace: string;
  readonly artifacts: readonly string[];
}

/**
 * Runs every job that a pipeline with these variables has, each on a machine of its own with that
 * commit checked out.
 */
export async function pipeline(
  hosted: Hosted,
  commit: string,
  variables: Readonly<Record<string, string>>,
): Promise<readonly Ran[]> {
  const {
    include,
    stages: _,
    ...own
  } = parse(readFileSync(join(hosted.clone, ".gitlab-ci.yml"), "utf8"));
  const [{ inputs }] = include;
  const jobs = merged(component({ ...inputs, package: hosted.package }), own) as Readonly<
    Record<string, Job>
  >;
  const wanted = Object.entries(jobs)
    .filter(([name]) => !name.startsWith("."))
    .map(
      ([name, job]) =>
        [
          name,
          job.extends === undefined ? job : (merged(jobs[job.extends] ?? {}, job) as Job),
        ] as const,
    )
    .filter(([, job]) => job.rules?.some((rule) => holds(rule.if, variables)));
  const ran: Ran[] = [];
  for (const [name, job] of wanted) ran.push(await run(name, job, { hosted, commit, variables }));
  return ran;
}

function component(given: Readonly<Record<string, string>>): Readonly<Record<string, Job>> {
  const [head, body] = readFileSync(template, "utf8").split(/^---$/mu);
  const { inputs }: { readonly inputs: Readonly<Record<string, { readonly default: string }>> } =
    parse(head ?? "").spec;
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(inputs, name));
  if (unknown.length > 0) throw new Error(`the component has no input ${unknown.join(", ")}`);
  const text = (body ?? "").replaceAll(
    /\$\[\[ inputs\.(\w+) \]\]/gu,
    (_, name: string) => given[name] ?? inputs[name]?.default ?? "",
  );
  return parse(text);
}

function merged(base: object, over: object): object {
  const both = { ...base, ...over };
  return Object.fromEntries(
    Object.entries(both).map(([name, value]) => {
      const below: unknown = Reflect.get(base, name);
      const plain = (one: unknown): one is object =>
        typeof one === "object" && one !== null && !Array.isArray(one);
      return [name, plain(below) && plain(value) ? merged(below, value) : value];
    }),
  );
}

/** `$A == "x" && $B == $C`. */
function holds(rule: string, variables: Readonly<Record<string, string>>): boolean {
  const value = (side: string) =>
    side.startsWith("$") ? variables[side.slice(1)] : side.replaceAll('"', "");
  return rule.split("&&").every((part) => {
    const [left = "", right = ""] = part.split("==").map((side) => side.trim());
    return value(left) === value(right);
  });
}

async function run(
  job: string,
  { variables: own = {}, before_script = [], script = [], artifacts }: Job,
  {
    hosted,
    commit,
    variables,
  }: {
    readonly hosted: Hosted;
    readonly commit: string;
    readonly variables: Readonly<Record<string, string>>;
  },
): Promise<Ran> {
  const workspace = join(folder(), "builds");
  mkdirSync(workspace);
  const given = {
    GITLAB_CI: "true",
    CI_PROJECT_DIR: workspace,
    CI_COMMIT_SHA: commit,
    CI_JOB_ID: randomUUID(),
    ...variables,
  };
  const expanded = Object.fromEntries(
    Object.entries(own).map(([name, value]) => [
      name,
      value.replaceAll(/\$(\w+)/gu, (_, of: string) => variables[of] ?? ""),
    ]),
  );
  const env = { ...hosted.env, ...given, ...expanded };
  const git = (...args: readonly string[]) =>
    execa("git", args, { cwd: workspace, env, extendEnv: false });
  await git("init", "--quiet");
  await git("remote", "add", "origin", hosted.bare);
  await git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*");
  await git("checkout", "--quiet", "--detach", commit);
  const lines = ["set -eo pipefail", ...before_script, ...script].join("\n");
  const { exitCode = 1, all } = await execa("bash", ["-c", lines], {
    cwd: workspace,
    env,
    extendEnv: false,
    reject: false,
    all: true,
  });
  return {
    job,
    status: exitCode,
    log: all,
    workspace,
    artifacts: kept(workspace, artifacts?.paths ?? []),
  };
}

/**
 * The files in a job's folder that its patterns name; of a pattern, only the file's own name may
 * hold stars.
 */
function kept(workspace: string, patterns: readonly string[]): readonly string[] {
  return patterns.flatMap((pattern) => {
    const [folder, name] = [
      dirname(pattern),
      new RegExp(`^${basename(pattern).replaceAll(".", "\\.").replaceAll("*", ".*")}$`),
    ];
    const files = existsSync(join(workspace, folder)) ? readdirSync(join(workspace, folder)) : [];
    return files.filter((file) => name.test(file)).map((file) => `${folder}/${file}`);
  });
}

/** Makes the address a job gives its remote lead to the repository on this machine. */
export function served({ bare, env }: Hosted, address: string): void {
  appendFileSync(join(env.HOME ?? "", ".gitconfig"), `[url "${bare}"]\ninsteadOf = ${address}\n`);
}
