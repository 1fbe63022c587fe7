/** A comment on a change that is reviewed. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  /** Whoever the token belongs to wrote it: anybody may write what begins like ours, and change it later. */
  readonly own: boolean;
}

/** The change a pipeline runs for, on the host that runs it. Every call may throw CommentFailed. */
export interface Review {
  /** The most characters a comment may have. */
  readonly most: number;
  /** Oldest first. */
  comments(): AsyncIterable<Comment>;
  add(body: string): Promise<void>;
  replace(id: number, body: string): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A host of repositories: the change this process runs for, as the pipeline's variables tell it, or what is missing; undefined where another host runs it. */
export interface Host {
  readonly name: string;
  review(environment: Environment): Review | { readonly missing: string } | undefined;
}

/** The host did not do what it was asked, or could not be reached. */
export class CommentFailed extends Error {
  override readonly name = "CommentFailed";
}

/** One request of a host's API; what it answers, with the header that leads to the next page. Throws CommentFailed; the token is in no message. */
export async function ask(
  url: string,
  { method = "GET", headers, body }: RequestInit,
): Promise<{ readonly json: unknown; readonly next: Headers }> {
  const given = { "content-type": "application/json", "user-agent": "partnerctl", ...headers };
  const what = `${method} ${new URL(url).pathname}`;
  const answer = await fetch(url, {
    method,
    headers: given,
    ...(body !== undefined && { body }),
    // A token that goes along to where the host sends one is a token that is given away.
    redirect: "manual",
    signal: AbortSignal.timeout(30_000),
  }).catch((error: Error) =>
    Promise.reject(new CommentFailed(`${what}: ${error.cause instanceof Error ? error.cause.message : error.message}`)),
  );
  if (!answer.ok) throw new CommentFailed(`${what}: ${answer.status} ${(await answer.text()).slice(0, 200)}`);
  return { json: await answer.json(), next: answer.headers };
}
