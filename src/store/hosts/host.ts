import { withoutSecrets } from "../../model/text/secrets.ts";
import type { HostReview } from "./approvals.ts";
import { type Sending, send } from "./send.ts";
import { WordedError, wordingOf } from "../../model/text/worded-error.ts";
import { labelText, say, type Wording } from "../../model/text/phrase.ts";

/** A comment on a change under review. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  /**
   * Written by the token's owner. Other people can write a comment that starts with this tool's
   * mark, and edit it later.
   */
  readonly own: boolean;
}

/** The change that a pipeline runs for, on its host. Each call may throw HostFailed. */
export interface HostReviewApi {
  /** Maximum number of characters in a comment. */
  readonly most: number;
  /** Oldest first. */
  comments(): AsyncIterable<Comment>;
  add(body: string): Promise<void>;
  replace(id: number, body: string): Promise<void>;
}

/** Requests the review data from the host. Throws HostFailed. */
export type ReadReview = () => Promise<HostReview>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A host of repositories. Its methods read the pipeline's variables. They return undefined if
 * another host runs the pipeline, and `missing` names the data that is missing.
 */
export interface Host {
  readonly name: string;
  review(environment: Environment): HostReviewApi | { readonly missing: string } | undefined;
  /** Who wrote and who approved the changes in this pipeline's commit. */
  approvals(environment: Environment): ReadReview | { readonly missing: string } | undefined;
}

/** The host was unreachable or returned an error. */
export class HostFailed extends WordedError {
  override readonly name = "HostFailed";
  /** The status of the host's response; undefined if there is none. */
  readonly status: number | undefined;

  constructor(wording: Wording, status?: number) {
    super(wording);
    this.status = status;
  }
}

/**
 * Sends a request to a host's API. Returns the response's JSON and, as `next`, its headers. Throws
 * HostFailed, with its `status` if the host returns an error. The time limit is 30 seconds. No
 * message contains the token.
 */
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
    // Following a redirect would send the token to another server.
    redirect: "manual",
    signal: AbortSignal.timeout(30_000),
  }).catch((error: unknown) => Promise.reject(failed(what, error)));
  if (!answer.ok) {
    const said = withoutSecrets(await textOf(answer, what)).slice(0, 200);
    throw new HostFailed(`${what}: ${answer.status} ${said}`, answer.status);
  }
  return { json: await jsonOf(answer, what), next: answer.headers };
}

/** Tells the innermost cause: errors of `fetch` themselves contain little information. */
function failed(what: string, error: unknown): HostFailed {
  if (error instanceof Error && error.cause instanceof Error) return failed(what, error.cause);
  return new HostFailed(labelText(what, wordingOf(error)));
}

/** Fields of a response, not validated. */
export type Fields = Readonly<Record<string, unknown>>;

/** The items of a list in a response. Throws HostFailed if it is not a list. */
export function itemsIn(json: unknown): readonly Fields[] {
  if (!Array.isArray(json)) throw new HostFailed(say`The host answers with what is no list.`);
  return json.map((one) => Object(one));
}

/** The text at a path in a response; undefined if it is missing or not a text. */
export function textAt(fields: Fields, ...path: readonly string[]): string | undefined {
  const value = path.reduce<unknown>((one, name) => Object(one)[name], fields);
  return typeof value === "string" ? value : undefined;
}

/** Maximum number of pages. A faulty host could return pages forever. */
export const mostPages = 200;

/**
 * Validates a page of comments. `owner` is the field that contains the author. Throws HostFailed.
 */
export function commentsIn(json: unknown, owner: "user" | "author"): readonly HostComment[] {
  if (!Array.isArray(json)) throw new HostFailed(say`The host's list of comments is no list.`);
  return json.map((one: unknown) => {
    const { id, body, [owner]: by } = Object(one) as Readonly<Record<string, unknown>>;
    if (!Number.isSafeInteger(id) || typeof body !== "string")
      throw new HostFailed(say`The host shows a comment without a number or a text.`);
    const { id: who, type } = Object(by) as Readonly<Record<string, unknown>>;
    return { id: Number(id), body, who, type };
  });
}

/** A comment in a host's response, and its author's id and type, not validated. */
export interface HostComment {
  readonly id: number;
  readonly body: string;
  readonly who: unknown;
  readonly type: unknown;
}

/** The error for more than `mostPages` pages. */
export function endless(): HostFailed {
  return new HostFailed(say`The host shows more than ${mostPages} pages of comments.`);
}

/**
 * Maximum size of a response, in bytes. Pages of the longest comments are smaller: JSON takes at
 * most 6 bytes for a character.
 */
const mostBytes = 128 * 1024 * 1024;

async function textOf(answer: Response, what: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of answer.body ?? []) {
      size += piece.length;
      if (size > mostBytes)
        throw new WordedError(say`The answer is larger than ${mostBytes / 1024 / 1024} MiB.`);
      pieces.push(piece);
    }
  } catch (error) {
    throw failed(what, error);
  }
  return Buffer.concat(pieces).toString("utf8");
}

async function jsonOf(answer: Response, what: string): Promise<unknown> {
  const text = await textOf(answer, what);
  try {
    return JSON.parse(text);
  } catch {
    throw new HostFailed(say`${what}: the answer is not JSON.`);
  }
}
