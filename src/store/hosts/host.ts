import { say } from "../../model/text/say.ts";
import { withoutSecrets } from "../../model/text/secrets.ts";
import type { HostReview } from "./approvals.ts";
import { type Sending, send } from "./send.ts";

/** A comment on a change that is reviewed. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  /** Whoever the token belongs to wrote it: anybody may write what begins like ours, and change it later. */
  readonly own: boolean;
}

/** The change a pipeline runs for, on the host that runs it. Every call may throw HostFailed. */
export interface HostReviewApi {
  /** The most characters a comment may have. */
  readonly most: number;
  /** Oldest first. */
  comments(): AsyncIterable<Comment>;
  add(body: string): Promise<void>;
  replace(id: number, body: string): Promise<void>;
}

/** Asks the host. Throws HostFailed. */
export type ReadReview = () => Promise<HostReview>;

type Environment = Readonly<Record<string, string | undefined>>;

/** A host of repositories: the change this process runs for, as the pipeline's variables tell it, or what is missing; undefined where another host runs it. */
export interface Host {
  readonly name: string;
  review(environment: Environment): HostReviewApi | { readonly missing: string } | undefined;
  /** Who wrote and who approved what this pipeline's commit brought. */
  approvals(environment: Environment): ReadReview | { readonly missing: string } | undefined;
}

/** The host did not do what it was asked, or could not be reached. */
export class HostFailed extends Error {
  override readonly name = "HostFailed";
}

/** One request of a host's API; what it answers, with the header that leads to the next page. Throws HostFailed; the token is in no message. */
export async function ask(
  url: string,
  { method = "GET", headers, body }: Partial<Pick<Sending, "method" | "headers" | "body">>,
): Promise<{ readonly json: unknown; readonly next: Headers }> {
  const given = { "content-type": "application/json", "user-agent": "partnerctl", ...headers };
  const what = `${method} ${new URL(url).pathname}`;
  const answer = await send(url, {
    method,
    headers: given,
    ...(body !== undefined && { body }),
    // A token that goes along to where the host sends one is a token that is given away.
    redirect: "manual",
    signal: AbortSignal.timeout(30_000),
  }).catch((error: Error) => Promise.reject(new HostFailed(`${what}: ${firstCause(error).message}`)));
  if (!answer.ok) throw new HostFailed(`${what}: ${answer.status} ${withoutSecrets(await textOf(answer, what)).slice(0, 200)}`);
  return { json: await jsonOf(answer, what), next: answer.headers };
}

/** What went wrong first: `fetch` itself says little. */
function firstCause(error: Error): Error {
  return error.cause instanceof Error ? firstCause(error.cause) : error;
}

/** Fields of an answer, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** The items of a list that a host answers with. Throws HostFailed where it is no list. */
export function itemsIn(json: unknown): readonly Fields[] {
  if (!Array.isArray(json)) throw new HostFailed(say`the host answers with what is no list`);
  return json.map((one) => Object(one));
}

/** The text in a field of an answer, however deep; undefined where there is none. */
export function textAt(fields: Fields, ...path: readonly string[]): string | undefined {
  const value = path.reduce<unknown>((one, name) => Object(one)[name], fields);
  return typeof value === "string" ? value : undefined;
}

/** No discussion has more pages of a hundred comments; a host that shows ever more of them would be read for ever. */
export const mostPages = 200;

/** The comments on a page, judged by their shape; `owner` is the field that says who wrote one. Throws HostFailed. */
export function commentsIn(json: unknown, owner: "user" | "author"): readonly HostComment[] {
  if (!Array.isArray(json)) throw new HostFailed(say`the host's list of comments is no list`);
  return json.map((one: unknown) => {
    const { id, body, [owner]: by } = Object(one) as Readonly<Record<string, unknown>>;
    if (!Number.isSafeInteger(id) || typeof body !== "string")
      throw new HostFailed(say`the host shows a comment without a number or a text`);
    const { id: who, type } = Object(by) as Readonly<Record<string, unknown>>;
    return { id: Number(id), body, who, type };
  });
}

/** A comment as a host shows it, with whoever wrote it. */
export interface HostComment {
  readonly id: number;
  readonly body: string;
  readonly who: unknown;
  readonly type: unknown;
}

/** What to say of a discussion without an end. */
export function endless(): HostFailed {
  return new HostFailed(say`the host shows more than ${mostPages} pages of comments`);
}

/** No answer may be larger, in bytes: a hundred of the longest comments take half of it. */
const mostBytes = 16 * 1024 * 1024;

async function textOf(answer: Response, what: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of answer.body ?? []) {
    size += piece.length;
    if (size > mostBytes) throw new HostFailed(say`${what}: the answer is larger than ${mostBytes / 1024 / 1024} MiB`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

async function jsonOf(answer: Response, what: string): Promise<unknown> {
  const text = await textOf(answer, what);
  try {
    return JSON.parse(text);
  } catch {
    throw new HostFailed(say`${what}: the answer is not JSON`);
  }
}
