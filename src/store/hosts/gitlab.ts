import { say } from "../../model/text/phrase.ts";
import { keepSecret } from "../../model/text/secrets.ts";
import { gitlabReview } from "./gitlab-approvals.ts";
import { ask, commentsIn, endless, type Host, mostPages } from "./host.ts";

/**
 * GitLab: https://docs.gitlab.com/api/notes. A note may have 1,000,000 characters. A job's own
 * token cannot write notes, so another token is required.
 */
export const gitlab: Host = {
  name: "GitLab",
  review(environment) {
    const {
      GITLAB_CI,
      CI_API_V4_URL,
      CI_PROJECT_ID,
      CI_MERGE_REQUEST_IID,
      PARTNERCTL_GITLAB_TOKEN,
    } = environment;
    if (GITLAB_CI !== "true") return undefined;
    if (!CI_MERGE_REQUEST_IID)
      return { missing: say`CI_MERGE_REQUEST_IID: run this in a merge request's pipeline` };
    if (!PARTNERCTL_GITLAB_TOKEN) return noToken;
    const headers = headersWith(PARTNERCTL_GITLAB_TOKEN);
    const notes = `${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/merge_requests/${CI_MERGE_REQUEST_IID}/notes`;
    return {
      most: 1_000_000,
      async *comments() {
        const self: unknown = Object((await ask(`${CI_API_V4_URL}/user`, { headers })).json).id;
        for (let page = 1; page <= mostPages; page++) {
          const { json, next } = await ask(
            `${notes}?sort=asc&order_by=created_at&per_page=${atOnce}&page=${page}`,
            { headers },
          );
          for (const { id, body, who } of commentsIn(json, "author"))
            yield { id, body, own: who === self };
          if (!next.get("x-next-page")) return;
        }
        throw endless();
      },
      add: async (body) => {
        await ask(notes, { method: "POST", headers, body: JSON.stringify({ body }) });
      },
      replace: async (id, body) => {
        await ask(`${notes}/${id}`, { method: "PUT", headers, body: JSON.stringify({ body }) });
      },
    };
  },
  approvals({ GITLAB_CI, CI_API_V4_URL, CI_PROJECT_ID, CI_COMMIT_SHA, PARTNERCTL_GITLAB_TOKEN }) {
    if (GITLAB_CI !== "true") return undefined;
    if (!CI_COMMIT_SHA) return { missing: say`CI_COMMIT_SHA, the commit this pipeline runs for` };
    if (!PARTNERCTL_GITLAB_TOKEN) return noToken;
    const project = `${CI_API_V4_URL}/projects/${CI_PROJECT_ID}`;
    return () =>
      gitlabReview({ project, headers: headersWith(PARTNERCTL_GITLAB_TOKEN), sha: CI_COMMIT_SHA });
  },
};

/** Twenty of the longest notes still fit in a response. */
const atOnce = 20;

const noToken = {
  missing: say`PARTNERCTL_GITLAB_TOKEN: a project access token with the scope api, as a masked variable`,
};

function headersWith(token: string): Readonly<Record<string, string>> {
  keepSecret(token);
  return { "private-token": token };
}
