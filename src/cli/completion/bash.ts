import type { Command } from "../parse/command.ts";
import type { Completion, Option } from "../parse/option.ts";

/** The completion script of bash for these commands. */
export function bash(commands: readonly Command[], globals: readonly Option[]): string {
  return `# bash completion for partnerctl
_partnerctl() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" place=0 i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      ${valued(commands, globals).join(" | ")}) ((i++)) ;;
      -*) ;;
      *) if [[ -z "$command" ]]; then command="\${COMP_WORDS[i]}"; else ((place++)); fi ;;
    esac
  done
  case "$previous" in
${offered(commands, globals).map(optionCase).join("\n")}
  esac
  if [[ -z "$command" ]]; then
    COMPREPLY=($(compgen -W "${[...commands.map((one) => one.name), ...names(globals), "--help", "--version"].join(" ")}" -- "$word"))
    return
  fi
  case "$command" in
${commands.map((one) => commandCase(one, globals)).join("\n")}
  esac
}
complete -o bashdefault -o default -F _partnerctl partnerctl
`;
}

function commandCase(command: Command, globals: readonly Option[]): string {
  const options = [...names(command.options ?? []), ...names(globals), "--help"].join(" ");
  const values = (command.arguments ?? []).flatMap(({ values }, place) =>
    Array.isArray(values) ? [`        ${place}) ${reply(values)} ;;`] : [],
  );
  const positions = values.length === 0 ? "" : `\n      else\n        case "$place" in\n${values.join("\n")}\n        esac`;
  return `    ${command.name})
      if [[ "$word" == -* ]]; then
        COMPREPLY=($(compgen -W "${options}" -- "$word"))${positions}
      fi ;;`;
}

function optionCase(option: Option): string {
  return `    ${spellings(option).join(" | ")}) ${reply(option.choices ?? option.values)}; return ;;`;
}

function reply(values: Completion | undefined): string {
  if (values === "file") return `COMPREPLY=($(compgen -f -- "$word"))`;
  return values === undefined ? "COMPREPLY=()" : `COMPREPLY=($(compgen -W "${values.join(" ")}" -- "$word"))`;
}

function offered(commands: readonly Command[], globals: readonly Option[]): readonly Option[] {
  const all = [...globals, ...commands.flatMap((command) => command.options ?? [])].filter(({ value }) => value !== undefined);
  return [...new Map(all.map((option) => [option.flag, option])).values()];
}

function valued(commands: readonly Command[], globals: readonly Option[]): readonly string[] {
  return offered(commands, globals).flatMap(spellings);
}

function names(options: readonly Option[]): readonly string[] {
  return options.map(({ flag }) => flag);
}

function spellings(option: Option): readonly string[] {
  return option.short === undefined ? [option.flag] : [option.flag, option.short];
}
