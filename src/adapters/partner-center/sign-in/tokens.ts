import { AdapterError } from "../../../model/adapter.ts";
import { say } from "../../../model/text/phrase.ts";
import { keepSecret } from "../../../model/text/secrets.ts";
import type { Access } from "../http/transport.ts";

/** An access token and some of its claims. */
export interface Token {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly tenant?: string;
  /** The `oid` claim: for a user's token, the id of the user. */
  readonly user?: string;
  /** A user's principal name. */
  readonly name?: string;
  /** The permissions: an application's roles, or the scopes that a user consented to. */
  readonly rights?: readonly string[];
}

/**
 * Requests a token from the authority. Throws AdapterError: `denied`, `unavailable`, `throttled` or
 * `rejected`.
 */
export type SignIn = (access: Access, signal: AbortSignal) => Promise<Token>;

/**
 * Whose token an operation needs: a user's, either one (the application's if possible), or
 * preferably a user's.
 */
export type TokenUser = "user" | "either" | "user-first";

/** A cache of tokens. Parallel requests share one fetch; a token is renewed before it expires. */
export interface TokenSource {
  /** Rejects with the signal's reason if it aborts. A fetch that nobody waits for is aborted. */
  get(access: Access, signal: AbortSignal): Promise<Token>;
  /** Removes the token from the cache. */
  forget(token: Token): void;
  /**
   * Chooses a configured sign-in. Throws AdapterError `denied` if none fits; `what` names the
   * operation in its message.
   */
  choose(signed: TokenUser, what: string): Access["as"];
}

/** A token is renewed this many milliseconds before it expires. */
const margin = 30_000;

interface Held {
  readonly fetching: Promise<Token>;
  readonly stop: AbortController;
  waiting: number;
  token?: Token;
  /** The authority refused these credentials: it is not asked again. */
  refused?: true;
}

/** A token cache for the configured sign-ins. */
export function tokens(signIn: SignIn, signIns: readonly Access["as"][]): TokenSource {
  const held = new Map<string, Held>();

  function fetch(access: Access, name: string): Held {
    const stop = new AbortController();
    const one: Held = { fetching: signIn(access, stop.signal), stop, waiting: 0 };
    held.set(name, one);
    one.fetching.then(
      (token) => {
        one.token = token;
        keepSecret(token.value);
      },
      (error: unknown) => {
        if (error instanceof AdapterError && error.problem === "denied") one.refused = true;
        else if (held.get(name) === one) held.delete(name);
      },
    );
    return one;
  }

  return {
    async get(access, signal) {
      signal.throwIfAborted();
      const name = `${access.as}/${access.audience}`;
      const one = held.get(name);
      const fresh = one && (one.token === undefined || one.token.expiresAt - margin > Date.now());
      const used = fresh ? one : fetch(access, name);
      used.waiting += 1;
      try {
        return await untilAborted(used.fetching, signal);
      } finally {
        used.waiting -= 1;
        if (used.waiting === 0 && used.token === undefined && !used.refused) {
          used.stop.abort(signal.reason);
          if (held.get(name) === used) held.delete(name);
        }
      }
    },
    forget(token) {
      for (const [name, one] of held) if (one.token === token) held.delete(name);
    },
    choose(signed, what) {
      const wanted: readonly Access["as"][] =
        signed === "user" ? ["user"] : signed === "either" ? ["app", "user"] : ["user", "app"];
      const as = wanted.find((one) => signIns.includes(one));
      if (as === undefined) throw missing(what);
      return as;
    },
  };
}

/** The work, or the signal's reason if it aborts first. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

function missing(what: string): AdapterError {
  return new AdapterError(
    "denied",
    say`${what} is allowed to a signed-in user alone, and only the application signs in: give adapters.partner-center a refresh token (secrets.refreshToken), or take it out of adapters.partner-center.capabilities.`,
  );
}
