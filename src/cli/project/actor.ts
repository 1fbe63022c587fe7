import { userInfo } from "node:os";
import { askGit } from "../../store/git/git.ts";
import { isInRepository } from "./project-folder.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the usual pipelines say who started them and for which commit. */
const pipelines: readonly { readonly name: string; readonly actor: string; readonly commit: string }[] = [
  { name: "GitHub Actions", actor: "GITHUB_ACTOR", commit: "GITHUB_SHA" },
  { name: "GitLab CI", actor: "GITLAB_USER_LOGIN", commit: "CI_COMMIT_SHA" },
  { name: "Azure Pipelines", actor: "BUILD_REQUESTEDFOR", commit: "BUILD_SOURCEVERSION" },
  { name: "Jenkins", actor: "BUILD_USER_ID", commit: "GIT_COMMIT" },
  { name: "Gitea Actions", actor: "GITEA_ACTOR", commit: "GITEA_SHA" },
];

/** Who is doing this: what was given, else what the pipeline says, else the system's user. */
export function actor(given: string | undefined, environment: Environment): string {
  return knownActor(given, environment) ?? systemUser(environment);
}

/** The same where it is said by whoever started this, and not only by the system they happen to be on. */
export function knownActor(given: string | undefined, environment: Environment): string | undefined {
  return (
    given ??
    first(
      environment,
      pipelines.map((pipeline) => pipeline.actor),
    )
  );
}

/** The commit the folder is at, which is another than the pipeline's where a pull request is planned; what the pipeline says where there is no repository; undefined where nobody says. */
export function commit(folder: string, environment: Environment): string | undefined {
  return (
    head(folder, environment) ??
    first(
      environment,
      pipelines.map((pipeline) => pipeline.commit),
    )
  );
}

/** Whether any of these files and folders is not as the commit the folder is at has it; untracked ones count. Nobody can tell where there is no repository. */
export function hasLocalChanges(folder: string, paths: readonly string[]): boolean {
  if (!isInRepository(folder)) return false;
  const all = paths.map((path) => `:(literal)${path}`);
  return (askGit(["status", "--porcelain", "--", ...all, ":(exclude).partnerctl"], folder) ?? "") !== "";
}

function first(environment: Environment, names: readonly string[]): string | undefined {
  return names.map((name) => environment[name]).find((value) => value !== undefined && value !== "");
}

/** A container may run under a number that no user has. */
function systemUser(environment: Environment): string {
  try {
    return userInfo().username;
  } catch {
    return first(environment, ["USER", "LOGNAME", "USERNAME"]) ?? "unknown";
  }
}

/** Asking git takes longer than many a command, so it is asked only where there may be something to tell. */
function head(folder: string, environment: Environment): string | undefined {
  if (environment.GIT_DIR === undefined && !isInRepository(folder)) return undefined;
  return askGit(["rev-parse", "HEAD"], folder);
}
