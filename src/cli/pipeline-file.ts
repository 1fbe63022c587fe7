import { readFileSync } from "node:fs";

/** The workflow of examples/github, two folders up from this file as it is written and as it is built: what a new project begins with. */
export function pipelineFile(): string {
  return readFileSync(new URL("../../examples/github/.github/workflows/partnerctl.yml", import.meta.url), "utf8");
}
