import { say } from "../../model/text/say.ts";

/** Under which heading help lists each command or group of commands, and in which order. */
export const commandGroups: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  { title: say`Every day:`, names: ["init", "validate", "plan", "apply", "diff", "why", "fmt", "render"] },
  { title: say`The account:`, names: ["check", "export", "pull", "offers", "credentials"] },
  { title: say`Review:`, names: ["show", "approve", "policy", "ci"] },
  { title: say`The record:`, names: ["history", "ledger"] },
  { title: say`Reference:`, names: ["explain", "schema", "completion", "emulator"] },
];

/** What the groups of commands are for: `ledger` is the one of `ledger verify`. */
export const families: Readonly<Record<string, string>> = {
  ci: say`what pipelines do between review and apply`,
  ledger: say`check the record, settle what stayed open, and mend it`,
  policy: say`work on policies`,
};

/** The heading of what is in no list: the help command itself. */
export const lastGroup = say`Reference:`;
