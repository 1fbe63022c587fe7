import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { systemClock } from "../../src/adapters/system-clock.ts";
import { openAccount } from "../../src/cli/project/account.ts";
import type { Invocation } from "../../src/cli/parse/command.ts";
import type { Surroundings } from "../../src/cli/project/leasing.ts";
import { openToAppend } from "../../src/cli/project/ledger.ts";
import { openProject } from "../../src/cli/project/project.ts";
import { terminal } from "../../src/cli/output/terminal.ts";
import type { Entry, Founding, Ledger } from "../../src/model/ledger/ledger.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import { type ApplyResult, type ApplyOptions, apply } from "../../src/operations/apply/apply.ts";
import { type PlanOptions, planChanges } from "../../src/operations/plan/plan.ts";
import type { Project, View, Writers } from "../../src/operations/project/project.ts";
import { english } from "../../src/report/language/language.ts";
import { folderStore } from "../../src/store/credentials/credential-store.ts";
import { newIdentity, openCredentials } from "../../src/store/credentials/credentials.ts";
import type { Leasing } from "../../src/store/ledger/lease/held-lease.ts";
import { verify } from "../../src/store/ledger/index.ts";
import { endLease, takeLease } from "../../src/store/ledger/lease/lease.ts";
import { thisMachine } from "../../src/store/ledger/file/machine.ts";
import type { Kept } from "../crash/demands.ts";
import { memoryFolder } from "../crash/memory-folder.ts";

const example = resolve(import.meta.dirname, "../../examples/contoso");

/** An open account of the project, as one process has it. */
export interface OpenedProject {
  readonly project: Project;
  readonly view: View;
  readonly writers: Writers;
  /** Its ledger, to be written. */
  open(founding?: Founding): Ledger;
}

/**
 * A project in a folder of its own, with the real adapter, ledger and sink; each use opens them
 * anew, as a new process would.
 */
export interface ProjectHarness {
  readonly folder: string;
  readonly kept: Kept;
  readonly identity: string;
  /** Replaces texts in a file. */
  edit(file: string, ...changes: readonly (readonly [string, string])[]): void;
  /** What is to go wrong in the account from now on, and the seed of its chances. */
  simulate(simulate: object, seed?: number): void;
  at<T>(work: (desk: OpenedProject) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Where and by which clocks whatever is opened from now on runs. */
  surround(surroundings: Surroundings): void;
  plan(options?: PlanOptions): Promise<Plan>;
  apply(options?: Partial<ApplyOptions>, signal?: AbortSignal): Promise<ApplyResult>;
  entries(): Promise<readonly Entry[]>;
  consistent(): Promise<boolean>;
  secrets(): Promise<readonly string[]>;
  /**
   * Somebody else, who has watched it for long enough, ends whatever lease there is and takes it.
   */
  takeOver(): Promise<void>;
  /** Somebody ends whatever lease there is by force. */
  unlock(reason: string): Promise<void>;
  end(): void;
}

/** What may differ from one project to the next. */
export interface ProjectOptions {
  readonly env?: string;
  /** Who can read what is in the sink; somebody new, unless given. */
  readonly reader?: Awaited<ReturnType<typeof newIdentity>>;
}

/** A copy of the example. */
export async function setUpProject({ env, reader }: ProjectOptions = {}): Promise<ProjectHarness> {
  const folder = memoryFolder("partnerctl-operations-");
  for (const entry of readdirSync(example))
    if (entry !== ".partnerctl")
      cpSync(join(example, entry), join(folder, entry), { recursive: true });
  const { identity, recipient } = reader ?? (await newIdentity());
  const path = (file: string) => join(folder, file);
  const flags = { project: folder, format: "text", ...(env !== undefined && { env }) } as const;
  const edit: ProjectHarness["edit"] = (file, ...changes) => {
    let text = readFileSync(path(file), "utf8");
    for (const [from, to] of changes) {
      if (!text.includes(from)) throw new Error(`${file} does not say ${from}`);
      text = text.replace(from, () => to);
    }
    writeFileSync(path(file), text);
  };
  edit(
    "partnerctl.yaml",
    [/age1[a-z0-9]+/.exec(readFileSync(path("partnerctl.yaml"), "utf8"))?.[0] ?? "", recipient],
    [
      "    account: .partnerctl/account\n",
      "    account: .partnerctl/account\n    seed: 1\n    simulate: {}\n",
    ],
  );
  let surroundings: Surroundings | undefined;
  const at: ProjectHarness["at"] = async (work, signal = new AbortController().signal) => {
    const opened = await openProject(flags, "0");
    if (!opened.ok) throw new Error(JSON.stringify(opened.diagnostics));
    const { view, writers, close } = await openAccount(opened.value, invocation(folder), {
      signal,
      ...(surroundings && { surroundings }),
    });
    try {
      return await work({
        project: opened.value.project,
        view,
        writers,
        open: (founding) => openToAppend(opened.value, founding),
      });
    } finally {
      await close();
    }
  };
  const ledger = async () => {
    const opened = await openProject(flags, "0");
    if (!opened.ok) throw new Error(JSON.stringify(opened.diagnostics));
    return openToAppend(opened.value);
  };
  const leasing: Leasing = {
    owner: { actor: "zhao.lei", host: "elsewhere", pid: 1, token: "another" },
    ...{
      clock: systemClock,
      leaseSeconds: 1,
      machine: thisMachine(),
      firstSeen: () => Number.NEGATIVE_INFINITY,
    },
  };
  return {
    folder,
    kept: { account: path(".partnerctl/account"), sink: path(".partnerctl/credentials") },
    identity,
    edit,
    simulate: (simulate, seed = 1) =>
      writeFileSync(
        path("partnerctl.yaml"),
        readFileSync(path("partnerctl.yaml"), "utf8").replace(
          / {4}seed: .*\n {4}simulate: .*\n/,
          () => `    seed: ${seed}\n    simulate: ${JSON.stringify(simulate)}\n`,
        ),
      ),
    at,
    surround: (given) => {
      surroundings = given;
    },
    plan: (options = {}) =>
      at(async ({ project, view }) => {
        const planned = await planChanges(project, view, options);
        if (!planned.ok) throw new Error(JSON.stringify(planned.diagnostics));
        return planned.value;
      }),
    apply: (options = {}, signal = undefined) =>
      at(
        ({ project, view, writers }) =>
          apply(project, view, writers, {
            actor: "li.wei",
            allow: ["irreversible", "removals", "service", "rights", "seats-taken", "money-taken"],
            reason: "a test",
            interactive: false,
            confirm: async () => true,
            ...options,
          }),
        signal,
      ),
    entries: async () => {
      const found: Entry[] = [];
      for await (const entry of (await ledger()).entries()) found.push(entry);
      return found;
    },
    consistent: async () => (await verify(await ledger())).consistent,
    secrets: async () =>
      existsSync(path(".partnerctl/credentials"))
        ? (
            await openCredentials(
              await folderStore(path(".partnerctl/credentials")).read(),
              identity,
            )
          ).map(({ secret }) => secret)
        : [],
    unlock: async (reason) => {
      await endLease(await ledger(), { ...leasing, firstSeen: leasing.clock.monotonic, reason });
    },
    takeOver: async () => {
      await endLease(await ledger(), leasing);
      await takeLease(await ledger(), leasing);
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Something to change of every sort there is. */
export function change(shop: ProjectHarness): void {
  shop.edit("manifests/customers/northwind.yaml", [
    "offer: business-premium",
    "offer: enterprise-e3",
  ]);
  shop.edit(
    "manifests/customers/tailspin.yaml",
    ["quantity: 60", "quantity: 70"],
    ["email: it@", "email: post@"],
  );
  shop.edit("manifests/customers/fabrikam.yaml", [
    "name: visio\n",
    "name: visio\nstate: absent\nreason: nobody draws\n",
  ]);
  shop.edit(
    "manifests/users.yaml",
    ["    agent: sales", "    agent: admin"],
    ["name: zhao-lei", "name: zhao-lei\nstate: absent\nreason: has left"],
  );
}

function invocation(folder: string): Invocation {
  const flags = { project: folder, format: "text", quiet: true } as const;
  return { words: [], flags, terminal: terminal(flags, english), version: "0" };
}
