import type { Support } from "../../model/adapter.ts";
import { isSpec, type Spec } from "../../model/values/json.ts";
import { say } from "../../model/text/say.ts";
import { AdapterUnusable } from "../factory.ts";
import { defaults } from "./capabilities.ts";
import { type Cloud, clouds, trustedOrigin } from "./clouds.ts";
import type { Groups, Recovery, RolePath, RoleTemplates } from "./user/directory-options.ts";
import { count, flag, type Judge, list, object, one, orNone, path, seconds, text } from "./judge.ts";
import type { Access } from "./http/transport.ts";

/** What `adapters.partner-center` in partnerctl.yaml may hold. Everything but tenant, clientId and the secrets has a default. */
interface Written {
  readonly cloud?: keyof typeof clouds;
  readonly api?: string;
  readonly authority?: string;
  readonly graph?: string;
  /** The partner's tenant: its id, or a domain of it. */
  readonly tenant: string;
  readonly clientId: string;
  /** Whose tokens are used: the application's, the user's, or each for what only it may do. */
  readonly signIn?: "app" | "user" | "both";
  /** A PEM file with the application's certificate; its key is secrets.privateKey. */
  readonly certificate?: string;
  /** v1 (`resource`) is what is documented for 21Vianet, v2 (`scope`) what it is elsewhere. */
  readonly tokenEndpoint?: Cloud["tokenEndpoint"];
  readonly refreshTokenFile?: string;
  readonly secrets?: Secrets;
  readonly country?: string;
  readonly locale?: string;
  readonly requestsPerMinute?: number;
  readonly connections?: number;
  readonly timeoutSeconds?: number;
  readonly retry?: { readonly attempts?: number; readonly seconds?: number; readonly longestSeconds?: number };
  readonly poll?: { readonly seconds?: number; readonly longestSeconds?: number };
  readonly pageSize?: { readonly customers?: number; readonly users?: number };
  readonly groups?: Partial<Groups>;
  readonly roleTemplates?: Partial<RoleTemplates>;
  readonly recovery?: Partial<Recovery>;
  /** How a directory role is named in a path: `roleTemplateId=…`, or `(roleTemplateId='…')` as newer documents have it. */
  readonly rolePath?: RolePath;
  readonly supportProfilePath?: string;
  readonly validateAddresses?: boolean;
  /** With which answers of the validation a customer is created; whether the service can validate addresses in China is not documented. */
  readonly addressStatuses?: readonly string[];
  readonly capabilities?: Readonly<Record<string, Partial<Support> | false>>;
}

/** What proves who signs in. */
export interface Secrets {
  readonly clientSecret?: string;
  readonly privateKey?: string;
  readonly refreshToken?: string;
}

/** The options as checked, every default filled in. */
export type Options = Pick<Cloud, "api" | "authority" | "graph" | "tokenEndpoint" | "country" | "locale" | "writesSubscriptions"> & {
  /** What the tokens are for: the cloud's own hosts, whatever hosts the requests go to. */
  readonly audiences: Readonly<Record<Access["audience"], string>>;
  readonly tenant: string;
  readonly clientId: string;
  readonly signIns: readonly Access["as"][];
  readonly certificate?: string;
  readonly refreshTokenFile: string;
  readonly secrets: Secrets;
  readonly requestsPerMinute: number;
  readonly connections: number;
  readonly timeoutSeconds: number;
  readonly retry: { readonly attempts: number; readonly seconds: number; readonly longest: number };
  readonly poll: { readonly seconds: number; readonly longest: number };
  readonly pageSize: { readonly customers: number; readonly users: number };
  readonly groups: Groups;
  readonly roleTemplates: RoleTemplates;
  readonly recovery: Recovery;
  readonly rolePath: RolePath;
  readonly supportProfilePath: string;
  readonly validateAddresses: boolean;
  readonly addressStatuses: readonly string[];
  readonly capabilities: Readonly<Record<string, Partial<Support> | false>>;
};

const support = object({ verbs: list(text), readable: list(text), writable: list(text), repeatable: list(text), lag: seconds });

const judge: Judge = object({
  cloud: one(...Object.keys(clouds)),
  ...Object.fromEntries(["api", "authority", "graph", "tenant", "clientId", "certificate"].map((field) => [field, text])),
  ...Object.fromEntries(["refreshTokenFile", "country", "locale"].map((field) => [field, text])),
  supportProfilePath: path,
  signIn: one("app", "user", "both"),
  tokenEndpoint: one("v1", "v2"),
  secrets: object({ clientSecret: text, privateKey: text, refreshToken: text }),
  requestsPerMinute: count,
  connections: count,
  timeoutSeconds: seconds,
  retry: object({ attempts: count, seconds, longestSeconds: seconds }),
  poll: object({ seconds, longestSeconds: seconds }),
  pageSize: object({ customers: count, users: count }),
  groups: object({ admin: text, sales: text, helpdesk: text }),
  roleTemplates: object({ global: text, billing: text, userManagement: text }),
  recovery: object({ alternateEmail: orNone(one("otherMails")), mobilePhone: orNone(one("mobilePhone")) }),
  rolePath: one("segment", "key"),
  validateAddresses: flag,
  addressStatuses: list(text),
  capabilities: object(Object.fromEntries(Object.keys(defaults).map((kind) => [kind, orNone(support)]))),
});

/** The options, checked and filled in; throws AdapterUnusable (`adapter/options`) with all that is wrong with them. */
export function checkOptions(given: Spec, allowedHosts: string | undefined): Options {
  const missing = ["tenant", "clientId"].filter((field) => given[field] === undefined).map((field) => say`/${field} is missing`);
  const problems = [...missing, ...judge(given, "")];
  const written = given as Spec & Written;
  const all = problems.length > 0 ? problems : signInProblems(written);
  if (all.length > 0) throw new AdapterUnusable("adapter/options", say`adapters.partner-center in partnerctl.yaml: ${all.join("; ")}`);
  return { ...hosts(written, allowedHosts), ...identity(written), ...manner(written), ...directory(written) };
}

function signInProblems({ signIn, secrets = {}, certificate }: Written): readonly string[] {
  const { clientSecret, privateKey, refreshToken } = secrets;
  return [
    ...(clientSecret === undefined && privateKey === undefined
      ? [say`/secrets/clientSecret is missing (or a certificate, with /secrets/privateKey)`]
      : []),
    ...((certificate === undefined) !== (privateKey === undefined) ? [say`/certificate and /secrets/privateKey belong together`] : []),
    ...(signIn !== undefined && signIn !== "app" && refreshToken === undefined
      ? [say`/signIn is ${signIn}, which takes /secrets/refreshToken`]
      : []),
  ];
}

function hosts(written: Written, allowed: string | undefined) {
  const cloud = clouds[written.cloud ?? "china"];
  const origin = (field: "api" | "authority" | "graph") => trustedOrigin(written[field] ?? cloud[field], field, allowed);
  return {
    api: origin("api"),
    authority: origin("authority"),
    graph: origin("graph"),
    audiences: { api: cloud.api, graph: cloud.graph },
    tokenEndpoint: written.tokenEndpoint ?? cloud.tokenEndpoint,
    country: written.country ?? cloud.country,
    locale: written.locale ?? cloud.locale,
    writesSubscriptions: cloud.writesSubscriptions,
  };
}

function identity({ tenant, clientId, signIn, secrets = {}, certificate, refreshTokenFile }: Written) {
  const which = signIn ?? (secrets.refreshToken === undefined ? "app" : "both");
  const signIns: readonly Access["as"][] = which === "both" ? ["app", "user"] : [which];
  const file = refreshTokenFile ?? ".partnerctl/refresh-token.json";
  return { tenant, clientId, signIns, secrets, refreshTokenFile: file, ...(certificate !== undefined && { certificate }) };
}

function manner(written: Written) {
  const { retry = {}, poll = {}, requestsPerMinute = 500, connections = 32, timeoutSeconds = 180, pageSize = {} } = written;
  return {
    requestsPerMinute,
    connections,
    timeoutSeconds,
    retry: { attempts: retry.attempts ?? 4, seconds: retry.seconds ?? 0.5, longest: retry.longestSeconds ?? 300 },
    poll: { seconds: poll.seconds ?? 2, longest: poll.longestSeconds ?? 120 },
    pageSize: { customers: pageSize.customers ?? 500, users: pageSize.users ?? 999 },
  };
}

function directory(written: Written) {
  const { groups, roleTemplates, recovery, capabilities = {} } = written;
  return {
    groups: { admin: "AdminAgents", sales: "SalesAgents", helpdesk: "HelpdeskAgents", ...groups },
    roleTemplates: {
      global: "62e90394-69f5-4237-9190-012177145e10",
      billing: "b0f54661-2d74-4c50-afa3-1ec803f12efe",
      userManagement: "fe930be7-5e62-47db-91af-98c3a49a38b1",
      ...roleTemplates,
    },
    recovery: { alternateEmail: "otherMails", mobilePhone: "mobilePhone", ...recovery } as const,
    rolePath: written.rolePath ?? "segment",
    supportProfilePath: written.supportProfilePath ?? "/v1/profiles/support",
    validateAddresses: written.validateAddresses ?? true,
    addressStatuses: written.addressStatuses ?? ["VerifiedShippable", "Verified"],
    capabilities: isSpec(capabilities as Spec) ? capabilities : {},
  };
}
