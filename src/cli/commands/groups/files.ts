import type { Command } from "../../parse/command.ts";
import { only } from "../../parse/options.ts";

/** The commands that edit the project's own files. */
export const fileCommands: readonly Command[] = [
  {
    name: "fmt",
    summary: "write manifests, overlays, policies and settings in the one way they are written, comments kept",
    arguments: [
      {
        name: "path",
        description: "files or folders (default: all of the project's); - formats stdin to stdout",
        repeated: true,
        values: "file",
      },
    ],
    options: [{ flag: "--check", description: "write nothing; list the files that are written otherwise" }],
    exits: { 0: "formatted, or formatted already", 1: "a file is no YAML; with --check, also: a file is written otherwise" },
    examples: ["partnerctl fmt", "partnerctl fmt --check manifests", "partnerctl fmt - < users.yaml"],
    load: () => import("../files/fmt.ts"),
  },
  {
    name: "pull",
    summary: "bring what changed in the account back into the manifests, in place",
    arguments: [{ name: "address", description: "objects (default: all): Customer/fabrikam", repeated: true }],
    options: [
      { ...only, description: "only these objects: addresses, kinds (User) or patterns (Subscription/*/office)" },
      { flag: "--all", description: "also fields that the manifests changed: their wishes give way to what the account has" },
      { flag: "--dry-run", description: "show the edits and write nothing" },
      { flag: "--yes", description: "do not ask" },
    ],
    exits: {
      0: "pulled, or nothing to pull",
      1: "wrong input, an error, or something that could not be pulled",
      130: "stopped at the question",
    },
    examples: ["partnerctl pull", "partnerctl pull Subscription/fabrikam/office --dry-run", "partnerctl pull --yes"],
    load: () => import("../files/pull.ts"),
  },
];
