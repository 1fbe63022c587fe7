import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { stringify } from "yaml";
import type { Plan } from "../../src/model/plan/plan.ts";
import type { ApplyResult, ApplyOptions } from "../../src/operations/apply/apply.ts";
import type { PlanOptions } from "../../src/operations/plan/plan.ts";
import { things } from "../crash/scene.ts";
import { type ProjectHarness, setUpProject } from "./project-harness.ts";
import { suzhou } from "../addresses.ts";

/** What a version of the manifests declares. */
export interface Version {
  /** What the one customer is called. */
  readonly customer?: string;
  readonly customerBefore?: readonly string[];
  readonly companyName?: string;
  /** Its subscriptions, by name. */
  readonly subscriptions?: Readonly<Record<string, Declared>>;
  /** Users, by name; signing in by that name unless it says otherwise. */
  readonly users?: Readonly<
    Record<string, Pick<Declared, "absent"> & { readonly signsInAs?: string }>
  >;
}

/** A subscription; to five seats of E3 unless it says otherwise. */
export interface Declared {
  readonly previously?: readonly string[];
  readonly allowDuplicate?: true;
  readonly absent?: true;
  readonly id?: string;
  readonly offer?: string;
  readonly quantity?: number;
  readonly status?: string;
  readonly friendlyName?: string;
  readonly addOnOf?: string;
}

/** A project whose manifests go from version to version while its plans wait. */
export interface Project {
  readonly shop: ProjectHarness;
  declare(version: Version): void;
  plan(version: Version, options?: PlanOptions): Promise<Plan>;
  apply(version: Version, options?: Partial<ApplyOptions>): Promise<ApplyResult>;
  /** How each change ended: `Customer/fabrikam#1 done`, with the code where there is one. */
  ends(application: ApplyResult): readonly string[];
  /** The keys of the subscriptions that were ever bought, whatever became of them. */
  bought(): readonly string[];
  later(seconds: number): void;
}

/** A project of which nothing was applied yet, and a clock that stands still. */
export async function newProject(): Promise<Project> {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-05T09:00:00Z") });
  return projectOf(await setUpProject());
}

/** The same with its customer in the account. */
export async function twoPlans(lag = 0): Promise<Project> {
  const project = await newProject();
  if (lag > 0) project.shop.simulate({ lag });
  const founded = await project.apply({});
  expect(project.ends(founded)).toEqual(["Customer/fabrikam#1 done"]);
  project.later(lag + 1);
  return project;
}

function projectOf(shop: ProjectHarness): Project {
  const declare = (version: Version) => write(shop, version);
  return {
    shop,
    declare,
    plan: async (version, options) => {
      declare(version);
      return shop.plan(options);
    },
    apply: async (version, options) => {
      declare(version);
      return shop.apply(options);
    },
    ends: ({ receipt, diagnostics }) =>
      receipt?.results.map(({ change, status, code }) =>
        [change, status, ...(code ? [code] : [])].join(" "),
      ) ?? diagnostics.map(({ code }) => code),
    bought: () =>
      things(shop.kept.account).flatMap(({ kind, key }) => (kind === "Subscription" ? [key] : [])),
    later: (seconds) => vi.setSystemTime(Date.now() + seconds * 1000),
  };
}

function write(
  shop: ProjectHarness,
  {
    customer = "fabrikam",
    customerBefore,
    companyName = "Fabrikam",
    subscriptions = {},
    users = {},
  }: Version,
): void {
  const folder = join(shop.folder, "manifests");
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  const documents = [
    manifest(
      "Customer",
      { name: customer, ...(customerBefore && { previously: customerBefore }) },
      { domain, billing: { ...billing, companyName } },
    ),
    ...Object.entries(users).map(([name, { absent, signsInAs = name }]) =>
      user(name, signsInAs, absent),
    ),
    ...Object.entries(subscriptions).map(([name, one]) => subscription(name, customer, one)),
  ];
  writeFileSync(join(folder, "all.yaml"), documents.map((one) => stringify(one)).join("---\n"));
}

function user(name: string, signsInAs: string, absent?: true): object {
  const spec = {
    userPrincipalName: `${signsInAs}@contoso.partner.onmschina.cn`,
    recovery: { alternateEmail: `${name}@mail.example` },
  };
  return { ...manifest("User", { name }, spec), ...(absent && gone) };
}

const gone = { state: "absent", reason: "not needed" };

function subscription(name: string, customer: string, declared: Declared): object {
  const {
    previously,
    allowDuplicate,
    absent,
    id,
    offer = "enterprise-e3",
    quantity = 5,
    friendlyName,
    status,
    addOnOf,
  } = declared;
  const metadata = {
    name,
    ...(previously && { previously }),
    ...(allowDuplicate && { allowDuplicate }),
    ...(id && { id }),
  };
  const spec = {
    customer,
    offer,
    quantity,
    ...(friendlyName && { friendlyName }),
    ...(status && { status }),
    ...(addOnOf && { addOnOf }),
  };
  return { ...manifest("Subscription", metadata, spec), ...(absent && gone) };
}

function manifest(kind: string, metadata: object, spec: object): object {
  return { apiVersion: "partnercenter/v1", kind, metadata, spec };
}

const domain = "fabrikam.partner.onmschina.cn";
const billing = {
  culture: "zh-CN",
  language: "zh-CHS",
  email: "finance@fabrikam.example",
  firstName: "Jun",
  lastName: "Sun",
  address: suzhou,
};
