import { readFileSync } from "node:fs";

/** The hosts for which `init` can write a pipeline. */
export const pipelineHosts = ["github", "gitlab"] as const;

/** A pipeline file: its path in the project and its text. */
export interface PipelineFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The host's example pipeline for the environment `production`. The examples are two folders up
 * from both the source and the build.
 */
export function pipelineFile(host: string): PipelineFile {
  const path = host === "github" ? ".github/workflows/partnerctl.yml" : ".gitlab-ci.yml";
  const text = readFileSync(new URL(`../../examples/${host}/${path}`, import.meta.url), "utf8");
  return {
    path,
    text: text.replaceAll(
      /\$\{\{ vars\.PARTNERCTL_ENVIRONMENT \}\}|\$PARTNERCTL_ENVIRONMENT\b/g,
      "production",
    ),
  };
}
