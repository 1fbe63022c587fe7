import { code, made, plain, table } from "./markdown.ts";

/**
 * The environment variables that are read, by what for: the list that this page, and the test that
 * finds them in the sources, go by.
 */
export const variables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "Of your own": {
    PARTNERCTL_ALLOWED_HOSTS:
      "hosts beside the service's own that tokens and secrets may be sent to, with commas between: an emulator (127.0.0.1:8021), a proxy",
    PARTNERCTL_PLAN_IDENTITY:
      "the age identity that opens a sealed plan, or the path of a file that holds it",
    PARTNERCTL_CREDENTIALS_IDENTITY:
      "the age identity that opens credentials, or the path of a file that holds it",
    PARTNERCTL_MACHINE_LASTS:
      "not empty: this machine keeps its files, although CI is set, so that a ledger and credentials on it are safe",
    PARTNERCTL_CREDENTIALS_LAST: "not empty: the credentials' folder is kept, although CI is set",
    PARTNERCTL_CHILD_ENVIRONMENT:
      "names of variables, with commas between, that git and ssh-keygen may see besides the usual ones (PATH, HOME, proxies, GIT_SSH_COMMAND and the like): what a credential helper of yours needs",
    PARTNERCTL_GITLAB_TOKEN: "comment, on GitLab: a project access token with the scope api",
  },
  Proxies: {
    HTTP_PROXY:
      "the proxy for addresses with http (an emulator's), as http://user:password@proxy.example:8080; http_proxy counts first",
    HTTPS_PROXY:
      "the proxy for addresses with https: the service, the directory, signing in, and the host of the repository; https_proxy counts first. Node.js itself reads NODE_EXTRA_CA_CERTS, a file with the certificates of a proxy that opens encrypted connections",
    NO_PROXY:
      "hosts that are asked without a proxy, with commas between: a name stands for all below it too, * for all; no_proxy counts first. Requests to this machine go through HTTP_PROXY unless it is named here (127.0.0.1)",
  },
  Terminal: {
    NO_COLOR: "not empty: no colour",
    FORCE_COLOR: "colour even where there is no terminal; 0 or false for none",
    TERM: "dumb: no colour",
    PARTNERCTL_LOG:
      "what is told on stderr: info (what is waited for), debug (also what a run works with) or http (also each request: method, path, status, time, request id); no secrets and no personal data",
    COLUMNS: "how wide the output is where there is no terminal",
    LC_ALL: "the locale, which decides the language unless --lang does",
    LC_MESSAGES: "the same, where LC_ALL is not set",
    LANG: "the same, where neither is set",
  },
  "Who is doing this": {
    CI: "not empty, 0 or false: a pipeline, whose machine forgets its files",
    GITHUB_ACTOR: "the actor on GitHub",
    GITHUB_SHA: "the commit on GitHub",
    GITLAB_USER_LOGIN: "the actor on GitLab",
    CI_COMMIT_SHA: "the commit on GitLab",
    BUILD_REQUESTEDFOR: "the actor on Azure Pipelines",
    BUILD_SOURCEVERSION: "the commit on Azure Pipelines",
    BUILD_USER_ID: "the actor on Jenkins",
    GIT_COMMIT: "the commit on Jenkins",
    GITEA_ACTOR: "the actor on Gitea",
    GITEA_SHA: "the commit on Gitea",
    USER: "the actor, where nobody else is known and the system has no name for the user",
    LOGNAME: "the same, where USER is not set",
    USERNAME: "the same, where neither is set",
  },
  "The host of the repository, for comments, approvals and --base": {
    GITHUB_ACTIONS: "true on GitHub",
    GITHUB_API_URL: "GitHub's API",
    GITHUB_REPOSITORY: "the repository",
    GITHUB_REF: "the branch: only the settings of the default branch may run commands for secrets",
    GITHUB_TOKEN:
      "the workflow's token, with the permission pull-requests: write for comments, and actions: read for approvals of a run",
    GITHUB_EVENT_PATH:
      "the file of the event, which names the pull request, who opened it and the default branch",
    GITHUB_RUN_ID: "the run, whose environments somebody may have approved",
    GITLAB_CI: "true on GitLab",
    CI_API_V4_URL: "GitLab's API",
    CI_PROJECT_ID: "the project",
    CI_MERGE_REQUEST_IID: "the merge request",
    CI_COMMIT_BRANCH: "the branch, as GITHUB_REF on GitHub",
    CI_DEFAULT_BRANCH: "the default branch, which alone --base may name",
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "the branch that a merge request is for",
    CI_MERGE_REQUEST_DIFF_BASE_SHA: "the commit after which its authors are looked for",
    CI_COMMIT_BEFORE_SHA: "the same of a push",
    GITLAB_USER_EMAIL: "who set the pipeline off, and counts as an author",
  },
};

/** What is read from the environment. */
export function environmentPage(): string {
  const parts = Object.entries(variables).map(([title, own]) => {
    const rows = Object.entries(own).map(([name, what]) => [code(name), plain(what)]);
    return `## ${title}\n\n${table(["variable", "what it says"], rows)}`;
  });
  const secrets = `Secrets are variables too, under names of your own: the settings name them where they need one, as \`\${NAME}\` ([settings](settings.md)).`;
  return `${["# Environment variables", made, secrets, ...parts].join("\n\n")}\n`;
}
