import { existsSync, readFileSync } from "node:fs";
import { say } from "../../model/say.ts";
import { ask, type Comment, type Host } from "./host.ts";

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
    const headers = { authorization: `Bearer ${GITHUB_TOKEN}`, accept: "application/vnd.github+json" };
    const issues = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/issues`;
    return {
      most: 65_536,
      async *comments() {
        for (let page = 1; ; page++) {
          const { json } = await ask(`${issues}/${number}/comments?per_page=100&page=${page}`, { headers });
          const found = json as readonly Comment[];
          yield* found;
          if (found.length < 100) return;
        }
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

function pullRequest(file: string | undefined): number | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  const event: { readonly pull_request?: { readonly number?: number } } = JSON.parse(readFileSync(file, "utf8"));
  return event.pull_request?.number;
}
