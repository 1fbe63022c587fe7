import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect } from "vitest";
import { scripts } from "../../src/cli/completion/scripts.ts";
import { binary, folder } from "./binary.ts";

/** Asks bash, which takes a line apart at `=`, what it holds ready for the last word. */
const bash = `source "$1"
COMP_WORDS=(); COMP_CWORD=-1
for word in "\${@:2}"; do COMP_WORDS+=("$word"); COMP_CWORD=$((COMP_CWORD + 1)); done
_partnerctl
printf '%s\\n' "\${COMPREPLY[@]}"
`;

/** Types the line and a tab into an interactive zsh in a terminal of its own. */
const zsh = `zmodload zsh/zpty
print -r -- 'PS1= ; autoload -U compinit; compinit -u -D; source "$1"
compadd() { local -a hits; builtin compadd -A hits "$@"; print -rl -- "" "HIT:"\${^hits} }
finish() { print -rl -- "" END:OF }; comppostfuncs=(finish); print -r -- READY:NOW' > "$1.setup"
hear() {
  local line
  while zpty -r shell line; do
    line=\${line%%$'\\r\\n'}
    if [[ $line == *$1* ]]; then return; fi
    if [[ $line == *HIT:* ]]; then print -r -- \${line##*HIT:}; fi
  done
}
zpty shell zsh -f -i
zpty -w shell "source $1.setup $1"
hear READY:NOW
zpty -w -n shell "$2"$'\\t'
hear END:OF
zpty -d shell
`;

const fish = `source $argv[1]
complete -C $argv[2]
`;

const powershell = `param($script, $line)
. $script
(TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches |
    ForEach-Object { $_.CompletionText }
`;

interface Shell {
  readonly command: string;
  readonly options: readonly string[];
  /** How its files end. */
  readonly ending: string;
  /** A program that takes the completion script and the line, and prints what is offered. */
  readonly driver: string;
  /** The line as the driver takes it. */
  readonly words: (line: string) => readonly string[];
}

const whole = (line: string): readonly string[] => [line];
const apart = (line: string): readonly string[] => line.replaceAll("=", " = ").split(/ +/);

/** The shells that are completed in, and how each is asked. */
export const shells: Readonly<Record<string, Shell>> = {
  bash: { command: "bash", options: ["--norc"], ending: "", driver: bash, words: apart },
  zsh: { command: "zsh", options: ["-f"], ending: "", driver: zsh, words: whole },
  fish: { command: "fish", options: ["--no-config"], ending: "", driver: fish, words: whole },
  powershell: {
    command: "pwsh",
    options: ["-NoProfile", "-NonInteractive", "-File"],
    ending: ".ps1",
    driver: powershell,
    words: whole,
  },
};

/** Whether a shell is installed here. */
export async function isInstalled(command: string): Promise<boolean> {
  const { failed } = await execa(command, ["-c", "exit 0"], { reject: false });
  return !failed;
}

/** What a shell that is installed here offers at the end of a line, in a folder, sorted. */
export async function offeredIn(
  name: string,
  place: string,
  line: string,
): Promise<readonly string[]> {
  const { command, options, ending, driver, words } = shells[name] as Shell;
  const bin = folder();
  symlinkSync(binary, join(bin, "partnerctl"));
  chmodSync(binary, 0o755);
  const [script, driving] = [join(bin, `script${ending}`), join(bin, `driver${ending}`)];
  writeFileSync(script, scripts[name] ?? "");
  writeFileSync(driving, driver);
  const { stdout, stderr } = await execa(
    command,
    [...options, driving, script, ...words(`partnerctl ${line}`)],
    {
      cwd: place,
      env: { PATH: `${bin}:${process.env.PATH}`, LC_ALL: "C.UTF-8" },
      timeout: 120_000,
    },
  );
  expect(stderr).toBe("");
  // zsh hands over a word as it is typed.
  const offers = stdout.split("\n").map((one) => one.replace(/\t.*/, "").replaceAll("\\", ""));
  return [...new Set(offers.filter(Boolean))].sort();
}
