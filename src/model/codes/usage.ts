import { say } from "../text/phrase.ts";
import { describeCodes } from "./code-text.ts";

/** Codes of the command line itself. */
export const usageCodes = describeCodes({
  "usage/contradiction": {
    means: say`Two options or arguments contradict each other.`,
    hint: say`Leave one of them out.`,
  },
  "usage/declined": {
    means: say`The question was answered with something else than yes.`,
  },
  "usage/format": {
    means: say`The command cannot show its result in this format.`,
    hint: say`Use one of those that its --help lists.`,
  },
  "usage/incomplete": {
    means: say`An option or argument needs another one beside it.`,
    hint: say`Add what the message names.`,
  },
  "usage/invalid-value": {
    means: say`An option or argument has a value that it cannot have.`,
    hint: say`Write one that the message describes.`,
  },
  "usage/missing-argument": {
    means: say`An argument that the command needs is missing.`,
    hint: say`The command's --help lists its arguments.`,
  },
  "usage/missing-value": {
    means: say`An option that takes a value has none.`,
    hint: say`Write the value after it.`,
  },
  "usage/no-command": {
    means: say`The command line names no command.`,
    hint: say`\`partnerctl --help\` lists the commands.`,
  },
  "usage/nobody-to-ask": {
    means: say`The command asks a question, and this is not an interactive terminal.`,
    hint: say`Use --yes, or a plan that was saved before.`,
  },
  "usage/too-many-arguments": {
    means: say`The command takes fewer arguments.`,
    hint: say`Put a value with spaces in quotes.`,
  },
  "usage/unknown-command": {
    means: say`There is no command of this name.`,
    hint: say`\`partnerctl --help\` lists the commands.`,
  },
  "usage/unknown-language": {
    means: say`There is no language of this tag.`,
    hint: say`Use one that is listed.`,
  },
  "usage/unknown-option": {
    means: say`The command has no option of this name.`,
    hint: say`The command's --help lists its options.`,
  },
});
