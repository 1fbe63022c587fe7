import type { Command } from "../../src/cli/parse/command.ts";
import type { Argument, Option } from "../../src/cli/parse/option.ts";
import { commands } from "../../src/cli/commands/index.ts";
import { exitStatus } from "../../src/cli/output/exit-status.ts";
import { globalOptions } from "../../src/cli/parse/options.ts";
import { formatsFor } from "../../src/report/index.ts";
import { anchor, code, made, plain, table } from "./markdown.ts";

/** All commands, as `--help` tells them. */
export function commandsPage(): string {
  const list = commands
    .map(({ name, summary }) => `- [${name}](#${anchor(name)}): ${plain(summary)}`)
    .join("\n");
  const parts = [
    "# Commands",
    made,
    "What `partnerctl COMMAND --help` says.",
    list,
    "## Options of every command",
    optionTable(globalOptions),
  ];
  return `${[...parts, ...commands.map(section)].join("\n\n")}\n`;
}

function section(command: Command): string {
  const { name, summary, exits, examples, options = [], shows = [] } = command;
  const formats = formatsFor(shows);
  return [
    `## ${name}`,
    `${plain(summary.charAt(0).toUpperCase() + summary.slice(1))}.`,
    `\`\`\`sh\n${usage(command)}\n\`\`\``,
    ...(command.arguments
      ? [
          table(
            ["argument", "what it is"],
            command.arguments.map((one) => [code(shown(one)), plain(one.description)]),
          ),
        ]
      : []),
    ...(options.length > 0 ? [optionTable(options)] : []),
    ...(shows.length > 0 ? [`Formats: ${formats.map(code).join(", ")}.`] : []),
    table(
      ["exit status", "means"],
      Object.entries(exits).map(([status, meaning]) => [status, plain(meaning)]),
    ),
    `\`\`\`sh\n${examples.join("\n")}\n\`\`\``,
  ].join("\n\n");
}

function usage({ name, arguments: positional = [], options = [] }: Command): string {
  return [
    "partnerctl",
    name,
    ...(options.length > 0 ? ["[options]"] : []),
    ...positional.map(shown),
  ].join(" ");
}

function shown({ name, required, repeated }: Argument): string {
  const all = repeated ? `${name}...` : name;
  return required ? `<${all}>` : `[${all}]`;
}

function optionTable(options: readonly Option[]): string {
  return table(
    ["option", "what it does"],
    options.map((one) => [code(flag(one)), plain(described(one))]),
  );
}

function flag({ flag, short, value, many }: Option): string {
  const given = value === undefined ? "" : ` <${value}${many === "following" ? "..." : ""}>`;
  return `${short === undefined ? "" : `${short}, `}${flag}${given}`;
}

function described({ description, choices, values }: Option): string {
  const known = choices ?? (Array.isArray(values) ? values : []);
  return known.length === 0 ? description : `${description}: ${known.join(", ")}`;
}

const meanings: Readonly<Record<keyof typeof exitStatus, string>> = {
  done: "done, or nothing to do",
  error: "wrong input, or an error",
  pending: "changes; only with --detailed-exitcode",
  partly: "applied in part, or an outcome is unknown",
  stale: "stale: the account changed since the plan",
  guarded: "stopped by a guard, or not approved as the settings ask",
  locked: "locked by another run",
  unreachable: "the backend cannot be reached, refuses the sign-in or throttles",
  stopped: "stopped with Ctrl-C at a question; nothing was done",
};

/** What a command can end with, and which commands do. */
export function exitPage(): string {
  const rows = Object.entries(exitStatus).map(([name, status]) => {
    const own = commands
      .filter(({ exits }) => status in exits)
      .map((one) => `[${one.name}](commands.md#${anchor(one.name)})`);
    return [
      String(status),
      plain(meanings[name as keyof typeof exitStatus]),
      own.length === commands.length ? "all" : own.join(", "),
    ];
  });
  const order =
    "Where several hold, the first of these counts: 130, 6, 7, 1, 5, 3, 4, 2, 0. Manual steps that are still to do are 0.";
  return `${["# Exit statuses", made, table(["status", "means", "commands"], rows), order].join("\n\n")}\n`;
}
