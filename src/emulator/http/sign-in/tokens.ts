import { createHmac, timingSafeEqual } from "node:crypto";

/** The application or user that a token was issued to. */
export interface Principal {
  readonly kind: "app" | "user";
  readonly applicationId?: string;
  readonly userId?: string;
  readonly userPrincipalName?: string;
}

/** The claims in a token. */
export interface Claims {
  readonly aud: string;
  readonly iss: string;
  readonly tid: string;
  readonly appid: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly oid?: string;
  readonly upn?: string;
  readonly scp?: string;
  readonly idtyp?: "app";
}

/** Issues and verifies tokens. With the same seed, tokens stay valid after a restart. */
export interface TokenIssuer {
  sign(claims: object): string;
  /** Returns the claims of a token, even if it has expired. Undefined if the signature is wrong. */
  verify(token: string): Claims | undefined;
}

const remembered = 1000;

/** Tokens signed with HS256. The key is derived from the seed. */
export function tokens(seed: string): TokenIssuer {
  const known = new Map<string, Claims>();
  const signature = (text: string): string =>
    createHmac("sha256", `emulator ${seed}`).update(text).digest("base64url");
  return {
    sign: (claims) => {
      const text = `${encode({ typ: "JWT", alg: "HS256" })}.${encode(claims)}`;
      return `${text}.${signature(text)}`;
    },
    verify: (token) => {
      const found = known.get(token);
      if (found !== undefined) return found;
      const [head = "", body = "", given = ""] = token.split(".");
      const expected = Buffer.from(signature(`${head}.${body}`));
      if (expected.length !== given.length || !timingSafeEqual(expected, Buffer.from(given)))
        return undefined;
      const claims: Claims = JSON.parse(Buffer.from(body, "base64url").toString());
      if (known.size >= remembered) known.clear();
      known.set(token, claims);
      return claims;
    },
  };
}

/** The principal in a token's claims. */
export function principalOf({ appid, oid, upn, idtyp }: Claims): Principal {
  const user = {
    ...(oid !== undefined && { userId: oid }),
    ...(upn !== undefined && { userPrincipalName: upn }),
  };
  return idtyp === "app"
    ? { kind: "app", applicationId: appid }
    : { kind: "user", applicationId: appid, ...user };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
