import { userInfo } from "node:os";
import { askGit } from "../../store/git/git.ts";
import { isInRepository } from "./project-folder.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables in which pipelines name the actor and the commit. */
const pipelines: readonly {
  readonly name: string;
  readonly actor: string;
  readonly commit: string;
}[] = [
  { name: "GitHub Actions", actor: "GITHUB_ACTOR", commit: "GITHUB_SHA" },
  { name: "GitLab CI", actor: "GITLAB_USER_LOGIN", commit: "CI_COMMIT_SHA" },
  { name: "Azure Pipelines", actor: "BUILD_REQUESTEDFOR", commit: "BUILD_SOURCEVERSION" },
  { name: "Jenkins", actor: "BUILD_USER_ID", commit: "GIT_COMMIT" },
  { name: "Gitea Actions", actor: "GITEA_ACTOR", commit: "GITEA_SHA" },
];

/** The actor: the given one, else the pipeline's, else the system user. */
export function actor(given: string | undefined, environment: Environment): string {
  return knownActor(given, environment) ?? systemUser(environment);
}

/** The given actor or the pipeline's. Undefined if neither is known. */
export function knownActor(
  given: string | undefined,
  environment: Environment,
): string | undefined {
  return (
    given ??
    first(
      environment,
      pipelines.map((pipeline) => pipeline.actor),
    )
  );
}

/**
 * The commit at HEAD, which differs from the pipeline's for pull requests. Without a repository,
 * the commit that the pipeline names. Undefined if unknown.
 */
export function commit(folder: string, environment: Environment): string | undefined {
  return (
    head(folder, environment) ??
    first(
      environment,
      pipelines.map((pipeline) => pipeline.commit),
    )
  );
}

/**
 * Whether files differ from the commit at HEAD, including untracked files. False without a
 * repository.
 */
export function hasLocalChanges(folder: string, paths: readonly string[]): boolean {
  if (!isInRepository(folder)) return false;
  const all = paths.map((path) => `:(literal)${path}`);
  return (
    (askGit(["status", "--porcelain", "--", ...all, ":(exclude).partnerctl"], folder) ?? "") !== ""
  );
}

function first(environment: Environment, names: readonly string[]): string | undefined {
  return names
    .map((name) => environment[name])
    .find((value) => value !== undefined && value !== "");
}

/**
 * The system user. Falls back to variables, because a container may run under a user id without a
 * name.
 */
function systemUser(environment: Environment): string {
  try {
    return userInfo().username;
  } catch {
    return first(environment, ["USER", "LOGNAME", "USERNAME"]) ?? "unknown";
  }
}

/** The commit at HEAD. Runs git, which is slow, only if there is a repository. */
function head(folder: string, environment: Environment): string | undefined {
  if (environment.GIT_DIR === undefined && !isInRepository(folder)) return undefined;
  return askGit(["rev-parse", "HEAD"], folder);
}
