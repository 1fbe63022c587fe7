import { readFileSync } from "node:fs";

/** The hosts that `init` can write a pipeline for. */
export const pipelineHosts = ["github", "gitlab"] as const;

/** A pipeline as a project has it: the file's path there, and its text. */
export interface PipelineFile {
  readonly path: string;
  readonly text: string;
}

/** The pipeline of the host's example, for the environment `production`. The examples lie two folders up from this file as it is written and as it is built. */
export function pipelineFile(host: string): PipelineFile {
  const path = host === "github" ? ".github/workflows/partnerctl.yml" : ".gitlab-ci.yml";
  const text = readFileSync(new URL(`../../examples/${host}/${path}`, import.meta.url), "utf8");
  return { path, text: text.replaceAll(/\$\{\{ vars\.PARTNERCTL_ENVIRONMENT \}\}|\$PARTNERCTL_ENVIRONMENT\b/g, "production") };
}
