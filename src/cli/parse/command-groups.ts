import { say } from "../../model/text/say.ts";

/** Under which heading help lists each command, and in which order. */
export const commandGroups: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  { title: say`Every day:`, names: ["init", "validate", "plan", "apply", "diff", "why", "fmt"] },
  { title: say`Review:`, names: ["show", "approve", "publish", "fetch", "comment", "policy"] },
  { title: say`The account:`, names: ["check", "export", "pull", "offers", "emulator"] },
  { title: say`The record:`, names: ["history", "credentials", "verify", "attest", "settle", "unlock", "ledger"] },
  { title: say`Reference:`, names: ["explain", "schema", "render", "completion"] },
];

/** The heading of what is in no list: the help command itself. */
export const lastGroup = say`Reference:`;
