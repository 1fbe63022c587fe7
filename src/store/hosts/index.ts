import type { HostApproval } from "../../model/plan/approval.ts";
import { say } from "../../model/text/phrase.ts";
import { countingApprovals } from "./approvals.ts";
import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { type Host, HostFailed, type HostReviewApi } from "./host.ts";

export { HostFailed } from "./host.ts";

/** The supported hosts. */
const hosts: readonly Host[] = [github, gitlab];

/**
 * The change that this pipeline runs for. Throws HostFailed if there is none or a variable is
 * missing.
 */
export function reviewOf(environment: Readonly<Record<string, string | undefined>>): HostReviewApi {
  const found = hosts
    .map((host) => ({ host, review: host.review(environment) }))
    .find(({ review }) => review !== undefined);
  if (found?.review === undefined)
    throw new HostFailed(
      say`This is no pipeline of ${{ either: hosts.map(({ name }) => name) }}, so there is nothing to comment on.`,
    );
  if ("missing" in found.review)
    throw new HostFailed(
      say`${found.host.name} does not give this pipeline ${found.review.missing}.`,
    );
  return found.review;
}

/**
 * The approvals on this pipeline's host that count for its commit; undefined outside the pipelines
 * of supported hosts. Throws HostFailed if a variable is missing or a request fails.
 */
export async function hostApprovals(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly HostApproval[] | undefined> {
  for (const host of hosts) {
    const asking = host.approvals(environment);
    if (asking === undefined) continue;
    if ("missing" in asking)
      throw new HostFailed(say`${host.name} does not give this pipeline ${asking.missing}.`);
    return countingApprovals(await asking());
  }
  return undefined;
}

/**
 * Creates the change's comment of this name, or replaces its text if it exists, to keep the
 * discussion short. Throws HostFailed, also if the text is too long.
 */
export async function writeComment(
  review: HostReviewApi,
  name: string,
  text: string,
): Promise<"added" | "replaced"> {
  const mark = `<!-- partnerctl: ${name} -->`;
  const body = `${mark}\n${text}`;
  if (body.length > review.most)
    throw new HostFailed(
      say`A comment takes ${review.most} characters here, and this has ${body.length}.`,
    );
  for await (const one of review.comments()) {
    if (!one.own || !one.body.startsWith(mark)) continue;
    await review.replace(one.id, body);
    return "replaced";
  }
  await review.add(body);
  return "added";
}
