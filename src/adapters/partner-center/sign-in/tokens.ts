import { AdapterError } from "../../../model/adapter.ts";
import { say } from "../../../model/text/say.ts";
import { keepSecret } from "../../../model/text/secrets.ts";
import type { Access } from "../http/transport.ts";

/** An access token, and what its claims say of whom it was given to. */
export interface Token {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly tenant?: string;
  /** The directory's id of the user, for a user's token. */
  readonly user?: string;
  /** The permissions that it carries: an application's roles, or the scopes that a user consented to. */
  readonly rights?: readonly string[];
}

/** Gets a token from the authority. Throws an AdapterError: `denied`, `unavailable`. */
export type SignIn = (access: Access) => Promise<Token>;

/** Who may ask: an operation that only a user may do, one that either may, or one that a user had better do. */
export type TokenUser = "user" | "either" | "user-first";

/** Tokens at hand; each is fetched once, shared by parallel work, and renewed before it runs out. */
export interface TokenSource {
  get(access: Access): Promise<Token>;
  /** This one is of no use any more. */
  forget(token: Token): void;
  /** Whose token to use; throws `denied`, saying what is missing, where there is no sign-in of that sort. */
  choose(signed: TokenUser, what: string): Access["as"];
}

/** How long before its end a token is not used any more. */
const margin = 30_000;

interface Held {
  readonly fetching: Promise<Token>;
  token?: Token;
}

/** Tokens of the sign-ins that are configured. */
export function tokens(signIn: SignIn, signIns: readonly Access["as"][]): TokenSource {
  const held = new Map<string, Held>();

  function fetch(access: Access, name: string): Promise<Token> {
    const one: Held = { fetching: signIn(access) };
    held.set(name, one);
    one.fetching.then(
      (token) => {
        one.token = token;
        keepSecret(token.value);
      },
      () => held.get(name) === one && held.delete(name),
    );
    return one.fetching;
  }

  return {
    get(access) {
      const name = `${access.as}/${access.audience}`;
      const one = held.get(name);
      const fresh = one && (one.token === undefined || one.token.expiresAt - margin > Date.now());
      return fresh ? one.fetching : fetch(access, name);
    },
    forget(token) {
      for (const [name, one] of held) if (one.token === token) held.delete(name);
    },
    choose(signed, what) {
      const wanted: readonly Access["as"][] = signed === "user" ? ["user"] : signed === "either" ? ["app", "user"] : ["user", "app"];
      const as = wanted.find((one) => signIns.includes(one));
      if (as === undefined) throw missing(what);
      return as;
    },
  };
}

function missing(what: string): AdapterError {
  return new AdapterError(
    "denied",
    say`${what} is allowed to a signed-in user alone, and only the application signs in: give adapters.partner-center a refresh token (secrets.refreshToken), or take it out of adapters.partner-center.capabilities`,
  );
}
