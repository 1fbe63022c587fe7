// The scripts of the shells. Each asks `partnerctl complete PLACE WORD…`, which knows the rest:
// PLACE counts the words before the half-written one, since some shells pass on no empty word. Each
// answer is a line, with what it is about after a tab; `:file` asks for the names of files.

/** Completes with the names of files where there is no answer. */
const bash = `# bash completion for partnerctl
_partnerctl() {
  local value about
  COMPREPLY=()
  while IFS=$'\\t' read -r value about; do
    if [[ "$value" != :file ]]; then COMPREPLY+=("$value"); fi
  done < <(partnerctl complete "$((COMP_CWORD - 1))" "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o bashdefault -o default -F _partnerctl partnerctl
`;

const zsh = `#compdef partnerctl
_partnerctl() {
  local line
  local -a values lines
  while IFS= read -r line; do
    if [[ "$line" == :file ]]; then _files; continue; fi
    values+=("\${line%%$'\\t'*}")
    lines+=("\${line/$'\\t'/  -- }")
  done < <(partnerctl complete "$((CURRENT - 2))" "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  if (( $#values )); then compadd -l -d lines -a values; fi
}
if [[ "\${funcstack[1]}" == _partnerctl ]]; then _partnerctl "$@"; else compdef _partnerctl partnerctl; fi
`;

const fish = `# fish completion for partnerctl
function __partnerctl_complete
    set -l before (commandline -opc)
    set -l half (commandline -ct)
    for line in (partnerctl complete (math (count $before) - 1) $before[2..-1] "$half" 2>/dev/null)
        if test "$line" = :file
            __fish_complete_path "$half"
        else
            printf '%s\\n' $line
        end
    end
end
complete -c partnerctl -f -a '(__partnerctl_complete)'
`;

/** Completes with the names of files where there is no answer. */
const powershell = `# PowerShell completion for partnerctl
Register-ArgumentCompleter -Native -CommandName partnerctl -ScriptBlock {
    param($half, $line, $cursor)
    $before = @($line.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString().Trim("'", '"') })
    partnerctl complete $before.Count @before $half 2>$null | Where-Object { $_ -ne ':file' } | ForEach-Object {
        $value, $about = $_ -split "\`t", 2
        if (-not $about) { $about = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
    }
}
`;

/** The completion script of each shell. */
export const scripts: Readonly<Record<string, string>> = { bash, zsh, fish, powershell };
