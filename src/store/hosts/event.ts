import { readFileSync, statSync } from "node:fs";
import { textAt } from "./host.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Why a pipeline runs, as the host of the repository says. */
export interface HostEvent {
  readonly defaultBranch: string;
  /** The branch a change is proposed for. */
  readonly target?: string;
  /** The commit of that branch which the host compares the change with. */
  readonly targetCommit?: string;
  /** What is proposed or was pushed comes after this commit. */
  readonly after?: string;
  /** Who opened the change, and who set the pipeline off: account names and e-mail addresses. */
  readonly people: readonly string[];
}

/** The event this process runs for; undefined where no known host tells of one with the repository's default branch. */
export function hostEvent(environment: Environment): HostEvent | undefined {
  return github(environment) ?? gitlab(environment);
}

/** https://docs.github.com/webhooks/webhook-events-and-payloads; GITHUB_SHA is another commit than the one checked out where a pull request is planned. */
function github({ GITHUB_EVENT_PATH: path }: Environment): HostEvent | undefined {
  const event = path ? contentOf(path) : undefined;
  const at = (...names: readonly string[]) => textAt(Object(event), ...names);
  const defaultBranch = at("repository", "default_branch");
  if (defaultBranch === undefined) return undefined;
  const people = [at("pull_request", "user", "login"), at("sender", "login")];
  const [target, targetCommit] = [at("pull_request", "base", "ref"), at("pull_request", "base", "sha")];
  const after = targetCommit ?? commitIn(at("before"));
  return {
    defaultBranch,
    ...(target !== undefined && { target }),
    ...(targetCommit !== undefined && { targetCommit }),
    ...(after !== undefined && { after }),
    people: people.flatMap((one) => one ?? []),
  };
}

/** https://docs.gitlab.com/ci/variables/predefined_variables */
function gitlab(environment: Environment): HostEvent | undefined {
  const { GITLAB_CI, CI_DEFAULT_BRANCH, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: target } = environment;
  const { CI_MERGE_REQUEST_DIFF_BASE_SHA, CI_COMMIT_BEFORE_SHA, GITLAB_USER_LOGIN, GITLAB_USER_EMAIL } = environment;
  if (GITLAB_CI !== "true" || !CI_DEFAULT_BRANCH) return undefined;
  const people = [GITLAB_USER_LOGIN, GITLAB_USER_EMAIL];
  const after = commitIn(CI_MERGE_REQUEST_DIFF_BASE_SHA) ?? commitIn(CI_COMMIT_BEFORE_SHA);
  return {
    defaultBranch: CI_DEFAULT_BRANCH,
    ...(target && { target }),
    ...(after !== undefined && { after }),
    people: people.flatMap((one) => one || []),
  };
}

/** Hosts write zeros where there was none before. */
function commitIn(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9a-f]{2,64}$/.test(text) && !/^0+$/.test(text) ? text : undefined;
}

/** Hosts cut events off long before. */
const mostBytes = 64 * 1024 * 1024;

function contentOf(path: string): unknown {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= mostBytes ? JSON.parse(readFileSync(path, "utf8")) : undefined;
  } catch {
    return undefined;
  }
}
