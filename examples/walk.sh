#!/bin/sh
# Walks through the main job on a copy of examples/contoso: validate, plan, apply, plan again.
set -eu
export NO_COLOR=1
here=$(cd "$(dirname "$0")" && pwd)
partnerctl="$here/../dist/partnerctl.js"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -R "$here/contoso" "$scratch/contoso"
rm -rf "$scratch/contoso/.partnerctl"
cd "$scratch/contoso"

# Prints a command and the lines of its output that match, for all of it would not fit on one screen.
step() {
  expected=$1 shown=$2
  shift 2
  printf '\n$ partnerctl %s\n' "$*"
  status=0
  node "$partnerctl" "$@" > ../said 2> ../remarks || status=$?
  if [ "$status" -ne "$expected" ]; then
    cat ../said ../remarks >&2
    printf 'expected exit status %s, got %s\n' "$expected" "$status" >&2
    exit 1
  fi
  grep -E "$shown" ../said
}

files=$(find manifests -name '*.yaml' | wc -l | tr -d ' ')
echo "Contoso, a fictional partner: $files YAML files in examples/contoso, and a new account on this machine."
step 0 'valid' validate
step 5 '^Plan|^  [-+~] |^[A-Z][A-Za-z]*/|^Stopped|--allow|to create|^.CNY' plan --out plan.json
echo "Nothing has changed yet. Orders cannot be undone, so somebody has to say that they are meant:"
step 0 '^Applied|^[0-9]|^Guards|^ledger' apply plan.json --allow irreversible
step 0 '^Plan|Nothing|managed' plan
