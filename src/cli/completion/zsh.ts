import type { Command } from "../parse/command.ts";
import type { Argument, Completion, Option } from "../parse/option.ts";

/** The completion script of zsh for these commands. */
export function zsh(commands: readonly Command[], globals: readonly Option[]): string {
  return `#compdef partnerctl
_partnerctl() {
  local line state
  _arguments -C \\
${globals.map((option) => `    ${optionSpec(option)} \\`).join("\n")}
    '1: :->command' \\
    '*:: :->arguments'
  case "$state" in
    command)
      local -a commands=(
${commands.map((command) => `        ${quoted(`${command.name}:${command.summary}`)}`).join("\n")}
      )
      _describe command commands ;;
    arguments)
      case "$line[1]" in
${commands.map((command) => commandCase(command, globals)).join("\n")}
      esac ;;
  esac
}
if [[ "\${funcstack[1]}" == _partnerctl ]]; then _partnerctl "$@"; else compdef _partnerctl partnerctl; fi
`;
}

function commandCase(command: Command, globals: readonly Option[]): string {
  const specs = [...[...(command.options ?? []), ...globals].map(optionSpec), ...(command.arguments ?? []).map(argumentSpec)];
  return `        ${command.name})\n          _arguments \\\n${specs.map((spec) => `            ${spec}`).join(" \\\n")} ;;`;
}

function optionSpec(option: Option): string {
  const value = option.value === undefined ? "" : `:${plain(option.value)}:${action(option.choices ?? option.values)}`;
  return quoted(`${option.many === undefined ? "" : "*"}${option.flag}[${plain(option.description)}]${value}`);
}

function argumentSpec(argument: Argument, index: number): string {
  return quoted(`${argument.repeated ? "*" : index + 1}:${plain(argument.name)}:${action(argument.values)}`);
}

function action(values: Completion | undefined): string {
  if (values === "file") return "_files";
  return values === undefined ? "" : `(${values.join(" ")})`;
}

/** Colons and brackets would end a part of a specification. */
function plain(text: string): string {
  return text.replaceAll(/[:[\]]/g, (mark) => `\\${mark}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
