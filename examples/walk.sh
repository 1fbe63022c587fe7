#!/bin/sh
# Walks through the main job on a copy of examples/contoso: validate, plan, apply, plan again, and again after an edit.
set -eu
export NO_COLOR=1 COLUMNS=80
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
  printf '$ partnerctl %s\n' "$*"
  status=0
  node "$partnerctl" "$@" > ../said 2> ../remarks || status=$?
  if [ "$status" -ne "$expected" ]; then
    cat ../said ../remarks >&2
    printf 'expected exit status %s, got %s\n' "$expected" "$status" >&2
    exit 1
  fi
  # A long plan says twice what it comes to: before its changes, and after them.
  grep -E "$shown" ../said | awk '!seen[$0]++'
}

say() { printf '\n%s\n' "$1"; }

changes='^  [-+~] |^[A-Z][A-Za-z]*/'
files=$(find manifests -name '*.yaml' | wc -l | tr -d ' ')
echo "Contoso, a fictional partner: $files YAML files, and a new account on this machine."
step 0 'valid' validate
say 'What would change? (Shortened here: the whole plan shows every field.)'
step 0 "$changes|^Stopped|--allow|^[0-9]+ to create|^commits CNY" plan --out plan.json
say 'Nothing has changed yet. Orders cannot be undone, so somebody has to mean them:'
step 0 '^[0-9]' apply plan.json --allow irreversible
say 'The account is as the files say, so there is nothing left to do:'
step 0 'Nothing' plan
say 'Fabrikam needs 150 seats instead of 120: somebody edits that line, and plans.'
sed 's/quantity: 120/quantity: 150/' manifests/customers/fabrikam.yaml > ../edited
mv ../edited manifests/customers/fabrikam.yaml
step 0 "$changes|→" plan
