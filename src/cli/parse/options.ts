import { formatNames } from "../../report/load.ts";
import type { Argument, Option } from "./option.ts";
import { languageTags } from "../language.ts";

/** The usual meaning of exit status 1. */
export const wrong = "wrong input, or an error";
/** The meaning of exit status 7, for commands that need the account. */
export const unreachable = "the backend cannot be reached, refuses the sign-in or throttles";
/** The argument of commands that work on manifests. */
export const paths: Argument = {
  name: "path",
  description: "manifest files or folders (default: all)",
  repeated: true,
  values: "file",
};
/** For commands that depend on prices and dates. */
export const at = {
  flag: "--at",
  value: "date",
  shape: "date",
  description: "as if it were this day, YYYY-MM-DD (default: today)",
} as const satisfies Option;
/** For commands that can be limited to some objects. */
export const only = {
  flag: "--only",
  value: "address",
  many: "following",
  values: "target",
  description:
    "only these objects and what they need: addresses, kinds (User) or patterns (Subscription/*/office)",
} as const satisfies Option;
/** For commands that can exclude objects. */
export const except = {
  flag: "--except",
  value: "address",
  many: "following",
  values: "target",
  description: "all but these objects, addresses, kinds or patterns like those of --only",
} as const satisfies Option;
/** For commands that show changes. */
export const detailed = {
  flag: "--detailed-exitcode",
  description: "exit with 2 where there are changes, and with 5 where a guard would stop a plan",
} as const satisfies Option;

/** The options of all commands. */
export const globalOptions = [
  {
    flag: "--project",
    value: "folder",
    values: "file",
    description: "the project's folder (default: the nearest one with a partnerctl.yaml)",
  },
  {
    flag: "--base",
    value: "revision",
    values: "revision",
    description:
      "take settings, modules, policies and price lists from this git revision, and only manifests from the folder",
  },
  {
    flag: "--env",
    value: "name",
    values: "environment",
    description: "the environment to use, as the settings name it",
  },
  {
    flag: "--format",
    value: "format",
    choices: formatNames,
    description: "how the result is written (default: text)",
  },
  {
    flag: "--save",
    value: "format=file",
    many: "each",
    shape: "save",
    values: "file",
    description: "also write the result to this file, in this format; once for each file",
  },
  {
    flag: "--show-personal",
    description: "show personal data in the formats meant for sharing too, which leave it out",
  },
  { flag: "--mask-personal", description: "leave out personal data in every format" },
  {
    flag: "--actor",
    value: "name",
    values: "actor",
    description: "who is doing this (default: what the pipeline or the system says)",
  },
  {
    flag: "--lang",
    value: "tag",
    values: languageTags(),
    description: "the language of messages and reports (default: the locale's, else English)",
  },
  {
    flag: "--verbose",
    description: "everything: all changes, all unmanaged objects, ids beside names",
  },
  {
    flag: "--no-color",
    description: "no colour, as NO_COLOR asks; on a terminal there is colour without it",
  },
  { flag: "--quiet", short: "-q", description: "the result only: no progress, no remarks" },
] as const satisfies readonly Option[];
