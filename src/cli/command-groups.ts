/** Under which heading help lists each command, and in which order. */
export const commandGroups = [
  { title: "Every day:", names: ["init", "validate", "plan", "apply", "diff", "why", "fmt"] },
  { title: "Review:", names: ["show", "approve", "publish", "fetch", "comment", "policy"] },
  { title: "The account:", names: ["check", "export", "pull", "offers", "emulator"] },
  { title: "The record:", names: ["history", "verify", "attest", "settle", "unlock"] },
  { title: "Reference:", names: ["explain", "schema", "render", "completion"] },
] as const satisfies readonly { readonly title: string; readonly names: readonly string[] }[];

/** The heading of what is in no list: the help command itself. */
export const lastGroup = "Reference:";
