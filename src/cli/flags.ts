import type { Save } from "./saving.ts";

/** Every option's value as it was given, by its name in camel case; the list of commands says which command takes which. */
export interface Flags {
  readonly env?: string;
  readonly project?: string;
  readonly base?: string;
  readonly format: string;
  readonly save?: readonly Save[];
  readonly lang?: string;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly actor?: string;
  readonly out?: string;
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  readonly since?: string;
  readonly from?: string;
  readonly to?: string;
  readonly showPersonal?: true;
  readonly maskPersonal?: true;
  readonly asOf?: string;
  readonly detailedExitcode?: true;
  readonly yes?: true;
  readonly allow?: readonly string[];
  readonly detached?: true;
  readonly parallelism?: number;
  readonly force?: true;
  readonly id?: string;
  readonly identity?: string;
  readonly handedOver?: true;
  readonly didNotHappen?: true;
  readonly name?: string;
  readonly note?: string;
  readonly key?: string;
  readonly approvals?: readonly string[];
  readonly seal?: readonly string[];
  readonly head?: string;
  readonly port?: string;
  readonly data?: string;
  readonly seed?: string;
  readonly latency?: string;
  readonly faults?: string;
  readonly traps?: string;
  readonly sandbox?: true;
  readonly check?: true;
  readonly all?: true;
  readonly dryRun?: true;
}
