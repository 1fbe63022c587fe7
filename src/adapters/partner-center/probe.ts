import { AdapterError } from "../../model/adapter.ts";
import type { Probe } from "../../model/probe.ts";
import { say } from "../../model/text/phrase.ts";
import { codeOf, type Reply } from "./http/errors.ts";
import { probeFeatured } from "./catalog/probe-featured.ts";
import { missingUserFeatures } from "./sign-in/user-features.ts";
import { probeCarts } from "./subscription/probe-carts.ts";
import type { Service } from "./kind-adapter.ts";
import type { TokenUser, TokenSource } from "./sign-in/tokens.ts";
import { acceptReply, type Call } from "./http/client.ts";
import { record } from "../../model/text/recorded.ts";
import { wordingOf } from "../../model/text/worded-error.ts";

interface Question {
  /** The kind that needs it. Skipped if the kind is not readable. */
  readonly kind?: string;
  /** The option that needs it. Skipped if it is off. */
  readonly audit?: "records" | "directory";
  readonly what: string;
  readonly door: "api" | "graph";
  readonly path: string;
  readonly as: TokenUser;
  /** Nothing but some commands needs it, and what to do without it. */
  readonly optional?: string;
}

const unread = say`Without it, drift has no name; adapters.partner-center.audit switches it off.`;

const questions: readonly Question[] = [
  {
    kind: "PartnerProfile",
    what: say`Read a partner profile as the signed-in user.`,
    door: "api",
    path: "/v1/profiles/billing",
    as: "user",
  },
  {
    kind: "Customer",
    what: say`Read customers.`,
    door: "api",
    path: "/v1/customers?size=1",
    as: "either",
  },
  {
    kind: "User",
    what: say`Read users of the directory.`,
    door: "graph",
    path: "/v1.0/users?$top=1&$select=id",
    as: "either",
  },
  {
    kind: "User",
    what: say`Read the roles of the directory.`,
    door: "graph",
    path: "/v1.0/directoryRoles",
    as: "either",
  },
  {
    kind: "Invoice",
    what: say`Read invoices.`,
    door: "api",
    path: "/v1/invoices?size=1&offset=0",
    as: "either",
    optional: say`Any token will do whose holder has rights to billing, an application's too. Where invoices are not to be read here, set adapters.partner-center.invoices to false; partnerctl reconcile --file reads them as downloaded.`,
  },
  {
    audit: "records",
    what: say`Read who changed customers and subscriptions.`,
    door: "api",
    path: "/v1/auditrecords?size=1",
    as: "either",
    optional: unread,
  },
  {
    audit: "directory",
    what: say`Read who changed users and their roles.`,
    door: "graph",
    path: "/v1.0/auditLogs/directoryAudits?$top=1",
    as: "either",
    optional: unread,
  },
];

/**
 * Returns a function that sends one small read request for each permission the readable kinds need,
 * and checks that the user signed in with multi-factor authentication. Also lists what is off where
 * no user signs in.
 */
export function probes(service: Service, tokens: TokenSource) {
  const { wire } = service;
  return async (signal: AbortSignal): Promise<readonly Probe[]> => {
    const found: Probe[] = [];
    for (const question of questions.filter((one) => isNeeded(one, service))) {
      const { door, path, as, what, optional } = question;
      // `ValidateMfa` asks the service to report whether the token meets its MFA requirement.
      const headers: Readonly<Record<string, string>> =
        as === "user" ? { ValidateMfa: "true" } : {};
      const call: Call = { method: "GET", path, as, headers, signal };
      const probe = await answered(
        { what, call, rights: door === "graph" ? await rightsOf(tokens, call) : [] },
        () => wire[door](call),
      );
      const hint = probe.hint ?? optional;
      const token = as === "user" ? ("user" as const) : ("app" as const);
      found.push(
        optional === undefined || probe.allowed
          ? { ...probe, token }
          : { ...probe, token, optional: true, ...(hint && { hint }) },
      );
    }
    const featured = await probeFeatured(service, signal);
    const carts = await probeCarts(service, signal);
    const own = carts === undefined ? [] : [{ ...carts, token: "app" as const }];
    return [...found, featured, ...own, ...missingUserFeatures(service)];
  };
}

function isNeeded({ kind, audit }: Question, { supports, options }: Service): boolean {
  if (audit !== undefined) return options.audit[audit];
  if (kind === "Invoice") return options.invoices;
  return kind === undefined || (supports[kind]?.readable ?? []).length > 0;
}

interface Asking {
  readonly what: string;
  readonly call: Call;
  readonly rights: readonly string[];
}

async function answered({ what, call, rights }: Asking, ask: () => Promise<Reply>): Promise<Probe> {
  try {
    const reply = await ask();
    if (lacksMfa(reply)) return withoutMfa(what, reply);
    acceptReply(call, reply);
    return record({
      what,
      allowed: true,
      ...(rights.length > 0 && { said: say`The token carries ${{ list: rights }}.` }),
    });
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return record({ what, allowed: false, said: wordingOf(error) });
  }
}

/**
 * Whether the service refuses the token for lack of MFA or reports it as not compliant. The
 * documentation spells that header in several ways.
 */
function lacksMfa(reply: Reply): boolean {
  if (reply.status === 401 && codeOf(reply) === "900421") return true;
  const reported = Object.entries(reply.headers).find(([name]) =>
    /^(x-)?(ms-)?is-?mfa-?compliant$/i.test(name),
  )?.[1];
  return reported?.trim().toLowerCase() === "false";
}

function withoutMfa(what: string, { status }: Reply): Probe {
  const said =
    status === 401
      ? say`The service refuses it: the user signed in without multi-factor authentication (401/900421).`
      : say`The service reports that the user signed in without multi-factor authentication, and may refuse it any day.`;
  const hint = say`Sign in again as that user with multi-factor authentication: partnerctl login.`;
  return { what, allowed: false, said, hint };
}

/** The permissions in the Graph token. Empty if it lists none or there is no token. */
async function rightsOf(
  tokens: TokenSource,
  { as = "either", signal }: Call,
): Promise<readonly string[]> {
  try {
    const access = { audience: "graph", as: tokens.choose(as, "") } as const;
    return (await tokens.get(access, signal)).rights ?? [];
  } catch (error) {
    if (error instanceof AdapterError) return [];
    throw error;
  }
}
