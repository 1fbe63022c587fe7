import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { execa } from "execa";
import { parse } from "yaml";
import { folder } from "../cli/binary.ts";
import { evaluate } from "./expression.ts";
import type { Hosted } from "./repository.ts";

// As much of a GitHub runner as the example's workflow needs: expressions, conditions, the shell
// steps of workflow and action, and of others' actions the checkout and the keeping of artifacts.

const root = join(import.meta.dirname, "../..");
const action = parse(readFileSync(join(root, "action.yml"), "utf8"));

type Values = Readonly<Record<string, unknown>>;

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Values;
  readonly env?: Values;
}

interface JobText {
  readonly if?: string;
  readonly needs?: string;
  readonly steps: readonly Step[];
}

/** What started the workflow. */
export interface Event {
  readonly name: string;
  readonly payload: object;
  readonly sha: string;
  readonly ref: string;
  readonly api: string;
  /** Which run of the workflow this is. */
  readonly run?: string;
}

/** How a job went. */
export interface Ran {
  readonly job: string;
  readonly status: number;
  readonly log: string;
  readonly summary: string;
  /** Where its artifacts are kept, by name. */
  readonly artifacts: string;
}

interface Job {
  readonly hosted: Hosted;
  readonly event: Event;
  readonly place: string;
  readonly workspace: string;
  readonly contexts: Values;
  readonly log: string[];
  readonly files: Readonly<
    Record<"GITHUB_STEP_SUMMARY" | "GITHUB_OUTPUT" | "GITHUB_EVENT_PATH", string>
  >;
}

/** Runs every job of the workflow that the event is for, each on a machine of its own. */
export async function workflow(
  hosted: Hosted,
  event: Event,
  given: Values,
): Promise<readonly Ran[]> {
  const file = join(hosted.clone, ".github/workflows/partnerctl.yml");
  const { jobs, env = {} }: { jobs: Record<string, JobText>; env?: Values } = parse(
    readFileSync(file, "utf8"),
  );
  const github = {
    event_name: event.name,
    event: event.payload,
    ref: event.ref,
    sha: event.sha,
    token: "host-token",
  };
  const ran: Ran[] = [];
  for (const [name, { if: condition, needs, steps }] of Object.entries(jobs)) {
    const before = ran.find(({ job }) => job === needs);
    const result = before === undefined ? "skipped" : before.status === 0 ? "success" : "failure";
    const contexts = {
      ...given,
      github,
      ...(needs !== undefined && { needs: { [needs]: { result } } }),
    };
    if (condition === undefined || evaluate(condition, contexts))
      ran.push(await job(name, steps, { hosted, event, contexts, env }));
  }
  return ran;
}

async function job(
  name: string,
  steps: readonly Step[],
  {
    hosted,
    event,
    contexts,
    env,
  }: {
    readonly hosted: Hosted;
    readonly event: Event;
    readonly contexts: Values;
    readonly env: Values;
  },
): Promise<Ran> {
  const place = folder();
  const names = ["GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_EVENT_PATH"] as const;
  const files = Object.fromEntries(names.map((one) => [one, join(place, one)])) as Job["files"];
  for (const file of Object.values(files)) writeFileSync(file, "");
  writeFileSync(files.GITHUB_EVENT_PATH, JSON.stringify(event.payload));
  const workspace = join(place, "work");
  mkdirSync(workspace);
  const own: Job = { hosted, event, place, workspace, contexts, log: [], files };
  const status = await run(steps, own, filled(env, contexts));
  return {
    job: name,
    status,
    log: own.log.join(""),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, "utf8"),
    artifacts: join(place, "artifacts"),
  };
}

async function run(steps: readonly Step[], own: Job, env: Record<string, string>): Promise<number> {
  let status = 0;
  for (const step of steps) {
    const always = step.if === "always()";
    if (!always && (status !== 0 || (step.if !== undefined && !evaluate(step.if, own.contexts))))
      continue;
    const failed = await one(step, own, { ...env, ...filled(step.env ?? {}, own.contexts) });
    status ||= failed;
  }
  return status;
}

async function one(step: Step, own: Job, env: Record<string, string>): Promise<number> {
  if (step.run !== undefined) return shell(step, own, env);
  const inputs = filled(step.with ?? {}, own.contexts);
  const [used = ""] = step.uses?.split("@") ?? [];
  if (used === "actions/checkout") return checkout(own, inputs.ref ?? own.event.sha);
  if (used === "actions/setup-node") return 0;
  if (used === "actions/upload-artifact") return upload(own, inputs);
  if (used !== "partnerctl/partnerctl") throw new Error(`nothing here does what ${used} does`);
  const declared: Record<string, { default?: string }> = action.inputs;
  const defaults = filled(
    Object.fromEntries(
      Object.entries(declared).map(([name, input]) => [name, input.default ?? ""]),
    ),
    own.contexts,
  );
  const unknown = Object.keys(inputs).filter((name) => !Object.hasOwn(declared, name));
  if (unknown.length > 0) throw new Error(`the action has no input ${unknown.join(", ")}`);
  return run(
    action.runs.steps,
    {
      ...own,
      contexts: {
        ...own.contexts,
        steps: {},
        inputs: { ...defaults, package: own.hosted.package, ...inputs },
      },
    },
    env,
  );
}

async function shell(
  { run: script = "", id }: Step,
  own: Job,
  env: Record<string, string>,
): Promise<number> {
  const { hosted, event, place, workspace, log, files, contexts } = own;
  const file = join(place, "step.sh");
  writeFileSync(file, script);
  writeFileSync(files.GITHUB_OUTPUT, "");
  const host = {
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: "contoso/account",
    GITHUB_API_URL: event.api,
    GITHUB_SERVER_URL: "https://github.example",
    GITHUB_ACTOR: "li-wei",
    GITHUB_SHA: event.sha,
    GITHUB_RUN_ID: event.run ?? "1",
    RUNNER_TEMP: place,
  };
  const started = execa("bash", ["--noprofile", "--norc", "-eo", "pipefail", file], {
    cwd: workspace,
    env: { ...hosted.env, ...host, ...files, ...env },
    extendEnv: false,
    reject: false,
    all: true,
  });
  const { exitCode, all } = await started;
  log.push(all, "\n");
  const outputs = Object.fromEntries(
    readFileSync(files.GITHUB_OUTPUT, "utf8")
      .split("\n")
      .map((line) => line.split("=", 2)),
  );
  if (id !== undefined) Object.assign(contexts.steps as object, { [id]: { outputs } });
  return exitCode ?? 1;
}

async function checkout({ hosted, workspace }: Job, ref: string): Promise<number> {
  const git = (...args: readonly string[]) =>
    execa("git", args, { cwd: workspace, env: hosted.env, extendEnv: false });
  await git("init", "--quiet");
  await git("remote", "add", "origin", hosted.bare);
  await git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*");
  await git("fetch", "--quiet", "origin", ref);
  await git("checkout", "--quiet", "--detach", "FETCH_HEAD");
  return 0;
}

function upload(
  { place, workspace }: Job,
  { name = "", path = "" }: Record<string, string>,
): number {
  for (const file of path
    .split("\n")
    .filter((line) => line !== "" && existsSync(resolve(workspace, line))))
    cpSync(resolve(workspace, file), join(place, "artifacts", name, basename(file)), {
      recursive: true,
    });
  return 0;
}

function filled(values: Values, contexts: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      String(value).replaceAll(/\$\{\{(.+?)\}\}/gu, (_, expression: string) =>
        String(evaluate(expression, contexts) ?? ""),
      ),
    ]),
  );
}
