import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { parse } from "yaml";
import { folder } from "../cli/binary.ts";
import type { Hosted } from "./repository.ts";

// As much of a GitHub runner as the example's workflow needs: expressions, conditions, the shell steps of workflow and action, and of others'
// actions the checkout and the keeping of artifacts.

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

/** What started the workflow. */
export interface Event {
  readonly name: string;
  readonly payload: object;
  readonly sha: string;
  readonly ref: string;
  readonly api: string;
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
  readonly files: Readonly<Record<"GITHUB_STEP_SUMMARY" | "GITHUB_OUTPUT" | "GITHUB_EVENT_PATH", string>>;
}

/** Runs every job of the workflow that the event is for, each on a machine of its own. */
export async function workflow(hosted: Hosted, event: Event, given: Values): Promise<readonly Ran[]> {
  const file = join(hosted.clone, ".github/workflows/partnerctl.yml");
  const { jobs, env = {} }: { jobs: Record<string, { if?: string; steps: Step[] }>; env?: Values } = parse(readFileSync(file, "utf8"));
  const github = { event_name: event.name, event: event.payload, ref: event.ref, token: "host-token" };
  const ran: Ran[] = [];
  for (const [name, { if: condition, steps }] of Object.entries(jobs)) {
    const contexts = { ...given, github };
    if (condition === undefined || evaluate(condition, contexts)) ran.push(await job(name, steps, { hosted, event, contexts, env }));
  }
  return ran;
}

async function job(
  name: string,
  steps: readonly Step[],
  { hosted, event, contexts, env }: { readonly hosted: Hosted; readonly event: Event; readonly contexts: Values; readonly env: Values },
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
    if (step.if === "always()" ? false : status !== 0 || (step.if !== undefined && !evaluate(step.if, own.contexts))) continue;
    const failed = await one(step, own, { ...env, ...filled(step.env ?? {}, own.contexts) });
    status ||= failed;
  }
  return status;
}

async function one(step: Step, own: Job, env: Record<string, string>): Promise<number> {
  if (step.run !== undefined) return shell(step.run, own, env);
  const inputs = filled(step.with ?? {}, own.contexts);
  const [used = ""] = step.uses?.split("@") ?? [];
  if (used === "actions/checkout") return checkout(own, inputs.ref ?? own.event.sha);
  if (used === "actions/setup-node") return 0;
  if (used === "actions/upload-artifact") return upload(own, inputs);
  if (used !== "partnerctl/partnerctl") throw new Error(`nothing here does what ${used} does`);
  const declared: Record<string, { default?: string }> = action.inputs;
  const defaults = filled(Object.fromEntries(Object.entries(declared).map(([name, input]) => [name, input.default ?? ""])), own.contexts);
  const unknown = Object.keys(inputs).filter((name) => !Object.hasOwn(declared, name));
  if (unknown.length > 0) throw new Error(`the action has no input ${unknown.join(", ")}`);
  return run(
    action.runs.steps,
    { ...own, contexts: { ...own.contexts, inputs: { ...defaults, package: own.hosted.package, ...inputs } } },
    env,
  );
}

async function shell(script: string, { hosted, event, place, workspace, log, files }: Job, env: Record<string, string>): Promise<number> {
  const file = join(place, "step.sh");
  writeFileSync(file, script);
  const host = {
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: "contoso/account",
    GITHUB_API_URL: event.api,
    GITHUB_ACTOR: "li-wei",
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
  return exitCode ?? 1;
}

async function checkout({ hosted, workspace }: Job, ref: string): Promise<number> {
  const git = (...args: readonly string[]) => execa("git", args, { cwd: workspace, env: hosted.env, extendEnv: false });
  await git("init", "--quiet");
  await git("remote", "add", "origin", hosted.bare);
  await git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*");
  await git("fetch", "--quiet", "origin", ref);
  await git("checkout", "--quiet", "--detach", "FETCH_HEAD");
  return 0;
}

function upload({ place, workspace }: Job, { name = "", path = "" }: Record<string, string>): number {
  if (existsSync(join(workspace, path))) cpSync(join(workspace, path), join(place, "artifacts", name), { recursive: true });
  else appendFileSync(join(place, "missing"), name);
  return 0;
}

function filled(values: Values, contexts: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      String(value).replaceAll(/\$\{\{(.+?)\}\}/gu, (_, expression: string) => String(evaluate(expression, contexts) ?? "")),
    ]),
  );
}

/** `a.b.c`, 'text', `==`, `!=` and `||`. */
function evaluate(expression: string, contexts: Values): unknown {
  const sides = expression.split("||");
  if (sides.length > 1) return sides.map((side) => evaluate(side, contexts)).find(Boolean);
  const [left = "", right] = expression.split(/[!=]=/u).map((side) => side.trim());
  if (right !== undefined) return (evaluate(left, contexts) === evaluate(right, contexts)) === expression.includes("==");
  if (left.startsWith("'")) return left.slice(1, -1);
  return left
    .split(".")
    .reduce<unknown>((value, name) => (typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined), contexts);
}
