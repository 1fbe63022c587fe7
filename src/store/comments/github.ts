import { existsSync, readFileSync } from "node:fs";
import { say } from "../../model/say.ts";
import { keepSecret } from "../../model/secrets.ts";
import { ask, CommentFailed, commentsIn, endless, type Host, mostPages } from "./host.ts";

/** GitHub, and GitHub Enterprise: https://docs.github.com/rest/issues/comments; a comment takes 65,536 characters. */
export const github: Host = {
  name: "GitHub",
  review(environment) {
    const {
      GITHUB_ACTIONS,
      GITHUB_API_URL = "https://api.github.com",
      GITHUB_REPOSITORY = "",
      GITHUB_TOKEN,
      GITHUB_EVENT_PATH,
    } = environment;
    if (GITHUB_ACTIONS !== "true") return undefined;
    const number = pullRequest(GITHUB_EVENT_PATH);
    if (number === undefined) return { missing: say`a pull request in the event that started this workflow` };
    if (!GITHUB_TOKEN) return { missing: say`GITHUB_TOKEN: give this step the workflow's token, with the permission pull-requests: write` };
    keepSecret(GITHUB_TOKEN);
    const headers = { authorization: `Bearer ${GITHUB_TOKEN}`, accept: "application/vnd.github+json" };
    const issues = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/issues`;
    return {
      most: 65_536,
      async *comments() {
        const self = await whoIs(`${GITHUB_API_URL}/user`, headers);
        for (let page = 1; page <= mostPages; page++) {
          const { json } = await ask(`${issues}/${number}/comments?per_page=100&page=${page}`, { headers });
          const found = commentsIn(json, "user");
          for (const { id, body, who, type } of found) yield { id, body, own: self === undefined ? type === "Bot" : who === self };
          if (found.length < 100) return;
        }
        throw endless();
      },
      add: async (body) => {
        await ask(`${issues}/${number}/comments`, { method: "POST", headers, body: JSON.stringify({ body }) });
      },
      replace: async (id, body) => {
        await ask(`${issues}/comments/${id}`, { method: "PATCH", headers, body: JSON.stringify({ body }) });
      },
    };
  },
};

/** The id of whoever a token belongs to; undefined for a workflow's own, which belongs to no user: it comments as a bot, as which no person can. */
async function whoIs(url: string, headers: Readonly<Record<string, string>>): Promise<unknown> {
  try {
    const { json } = await ask(url, { headers });
    return Object(json).id;
  } catch (error) {
    if (error instanceof CommentFailed) return undefined;
    throw error;
  }
}

function pullRequest(file: string | undefined): number | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  const event: { readonly pull_request?: { readonly number?: number } } = JSON.parse(readFileSync(file, "utf8"));
  return event.pull_request?.number;
}
