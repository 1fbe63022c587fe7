import { say } from "../../model/text/phrase.ts";
import { keepSecret } from "../../model/text/secrets.ts";
import { readEvent } from "./event.ts";
import { githubReview } from "./github-approvals.ts";
import { ask, commentsIn, endless, type Host, HostFailed, mostPages, textAt } from "./host.ts";

/**
 * GitHub and GitHub Enterprise: https://docs.github.com/rest/issues/comments. A comment may have
 * 65,536 characters.
 */
export const github: Host = {
  name: "GitHub",
  review(environment) {
    const {
      GITHUB_ACTIONS,
      GITHUB_API_URL = "https://api.github.com",
      GITHUB_EVENT_PATH,
    } = environment;
    if (GITHUB_ACTIONS !== "true") return undefined;
    const { number } = Object(readEvent(GITHUB_EVENT_PATH ?? "")?.pull_request);
    if (!Number.isSafeInteger(number))
      return { missing: say`a pull request in the event that started this workflow` };
    const to = repositoryOf(environment);
    if ("missing" in to) return to;
    const { repository, headers } = to;
    const issues = `${repository}/issues`;
    return {
      most: 65_536,
      async *comments() {
        const self = await whoIs(`${GITHUB_API_URL}/user`, headers);
        for (let page = 1; page <= mostPages; page++) {
          const { json } = await ask(`${issues}/${number}/comments?per_page=100&page=${page}`, {
            headers,
          });
          const found = commentsIn(json, "user");
          for (const { id, body, who, type } of found)
            yield { id, body, own: self === undefined ? type === "Bot" : who === self };
          if (found.length < 100) return;
        }
        throw endless();
      },
      add: async (body) => {
        await ask(`${issues}/${number}/comments`, {
          method: "POST",
          headers,
          body: JSON.stringify({ body }),
        });
      },
      replace: async (id, body) => {
        await ask(`${issues}/comments/${id}`, {
          method: "PATCH",
          headers,
          body: JSON.stringify({ body }),
        });
      },
    };
  },
  approvals(environment) {
    const { GITHUB_ACTIONS, GITHUB_SHA, GITHUB_RUN_ID, GITHUB_EVENT_PATH } = environment;
    if (GITHUB_ACTIONS !== "true") return undefined;
    if (!GITHUB_SHA) return { missing: say`GITHUB_SHA, the commit this workflow runs for` };
    const to = repositoryOf(environment);
    if ("missing" in to) return to;
    const event = GITHUB_EVENT_PATH ? readEvent(GITHUB_EVENT_PATH) : {};
    // Without it, the other commits of a push would be missed.
    if (event === undefined)
      return { missing: say`an event that can be read, in the file GITHUB_EVENT_PATH` };
    const before = textAt(event, "before");
    const more = {
      ...(before !== undefined && { before }),
      ...(GITHUB_RUN_ID && { run: GITHUB_RUN_ID }),
    };
    return () => githubReview({ ...to, sha: GITHUB_SHA, ...more });
  },
};

type Environment = Parameters<Host["review"]>[0];

interface Repository {
  readonly repository: string;
  readonly headers: Readonly<Record<string, string>>;
}

function repositoryOf(environment: Environment): Repository | { readonly missing: string } {
  const {
    GITHUB_API_URL = "https://api.github.com",
    GITHUB_REPOSITORY = "",
    GITHUB_TOKEN,
  } = environment;
  if (!GITHUB_TOKEN)
    return {
      missing: say`GITHUB_TOKEN: give this step the workflow's token (pull-requests: write for comments; pull-requests: read and actions: read for approvals)`,
    };
  keepSecret(GITHUB_TOKEN);
  const headers = {
    authorization: `Bearer ${GITHUB_TOKEN}`,
    accept: "application/vnd.github+json",
  };
  return { repository: `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}`, headers };
}

/**
 * The user id of a token's owner; undefined if GitHub refuses the request with 403, as it does for
 * a workflow's own token. That token comments as a bot, which no person can do.
 */
async function whoIs(url: string, headers: Readonly<Record<string, string>>): Promise<unknown> {
  try {
    const { json } = await ask(url, { headers });
    return Object(json).id;
  } catch (error) {
    if (error instanceof HostFailed && error.status === 403) return undefined;
    throw error;
  }
}
