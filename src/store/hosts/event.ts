import { readOwn } from "../files/read-input.ts";
import { type Fields, textAt } from "./host.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The event that started a pipeline, as the repository's host reports it. */
export interface HostEvent {
  readonly defaultBranch: string;
  /** The branch into which a change is to be merged. */
  readonly target?: string;
  /** The commit of the target branch with which the host compares the change. */
  readonly targetCommit?: string;
  /** The proposed or pushed commits come after this one. */
  readonly after?: string;
  /**
   * Account names and e-mail addresses of the person who opened the change and the one who
   * triggered the pipeline.
   */
  readonly people: readonly string[];
}

/**
 * The event of this pipeline; undefined if no supported host reports one with the default branch.
 */
export function hostEvent(environment: Environment): HostEvent | undefined {
  return github(environment) ?? gitlab(environment);
}

/**
 * Whether this is a pipeline of a branch, tag or proposed change other than the default branch:
 * what its checkout says was not reviewed.
 */
export function isUnderReview(environment: Environment): boolean {
  const { GITHUB_REF, CI_COMMIT_BRANCH } = environment;
  const event = hostEvent(environment);
  const isDefault = [GITHUB_REF?.replace(/^refs\/heads\//, ""), CI_COMMIT_BRANCH].includes(
    event?.defaultBranch,
  );
  return event !== undefined && (event.target !== undefined || !isDefault);
}

/**
 * https://docs.github.com/webhooks/webhook-events-and-payloads. GITHUB_SHA is not used: for a pull
 * request, it may not be the commit that is checked out.
 */
function github({ GITHUB_EVENT_PATH: path }: Environment): HostEvent | undefined {
  const event = path ? readEvent(path) : undefined;
  const at = (...names: readonly string[]) => textAt(event ?? {}, ...names);
  const defaultBranch = at("repository", "default_branch");
  if (defaultBranch === undefined) return undefined;
  const people = [at("pull_request", "user", "login"), at("sender", "login")];
  const [target, targetCommit] = [
    at("pull_request", "base", "ref"),
    at("pull_request", "base", "sha"),
  ];
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
  const {
    CI_MERGE_REQUEST_DIFF_BASE_SHA,
    CI_COMMIT_BEFORE_SHA,
    GITLAB_USER_LOGIN,
    GITLAB_USER_EMAIL,
  } = environment;
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

/** Hosts send zeros if there was no commit before. */
function commitIn(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9a-f]{2,64}$/.test(text) && !/^0+$/.test(text)
    ? text
    : undefined;
}

/** Maximum size of an event file, in bytes. Hosts limit events to less. */
const mostBytes = 64 * 1024 * 1024;

/** The event in a file; undefined if it is too large or not a JSON object. */
export function readEvent(path: string): Fields | undefined {
  const bytes = readOwn(path, mostBytes);
  try {
    const event: unknown = JSON.parse(bytes?.toString("utf8") ?? "");
    return event === Object(event) ? Object(event) : undefined;
  } catch {
    return undefined;
  }
}
