import {
  defaultApplication,
  type Emulator,
  firstRefreshToken,
  startEmulator,
} from "../../../src/emulator/emulator.ts";
import type { Checked } from "../../../src/model/diagnostic.ts";
import type { Plan } from "../../../src/model/plan/plan.ts";
import { type PlanOptions, planChanges } from "../../../src/operations/plan/plan.ts";
import type { Project } from "../../../src/operations/project/project.ts";
import { type ProjectHarness, setUpProject } from "../../operations/project-harness.ts";

/** Reads and writes. */
export interface Sent {
  readonly reads: number;
  readonly writes: number;
}

/** The example over an emulator without surprises. */
export interface EmulatedExample {
  readonly service: Emulator;
  readonly shop: ProjectHarness;
  /** What the service has counted since the last time, but for tokens. */
  sent(): Sent;
  /** Plans anew, as a process of its own would, of a project that is changed beforehand. */
  planned(options?: PlanOptions, changed?: (project: Project) => Project): Promise<Checked<Plan>>;
  close(): Promise<void>;
}

/** Starts one. */
export async function setUpEmulatedExample(seed: string): Promise<EmulatedExample> {
  process.env.PARTNERCTL_ALLOWED_HOSTS = "127.0.0.1";
  process.env.PARTNER_CENTER_CLIENT_SECRET = defaultApplication.clientSecret;
  process.env.PARTNER_CENTER_REFRESH_TOKEN = firstRefreshToken;
  const service = await startEmulator({ seed });
  service.control.setQuirks("none");
  const shop = await setUpProject({ env: "emulator" });
  shop.edit(
    "partnerctl.yaml",
    ...Array.from({ length: 3 }, () => ["http://127.0.0.1:8021", service.url] as const),
    ["        refreshTokenFile:", "        requestsPerMinute: 1000000\n        refreshTokenFile:"],
  );
  return {
    service,
    shop,
    sent() {
      const own = service.control.requests().filter(({ url }) => !url.includes("/oauth2/"));
      service.control.clearRequests();
      const reads = own.filter(({ method }) => method === "GET" || method === "HEAD").length;
      return { reads, writes: own.length - reads };
    },
    planned: (options = {}, changed = (project) => project) =>
      shop.at(({ project, view }) => planChanges(changed(project), view, options)),
    async close() {
      shop.end();
      await service.close();
    },
  };
}
