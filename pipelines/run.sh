#!/bin/sh
# One step of a pipeline: validate, plan, apply or drift, in the folder it is started in. Both the action for GitHub and the component
# for GitLab run this; what it is to do comes as variables, all of them optional:
#   PROJECT      the project's folder                      ENVIRONMENT  the environment of the settings
#   BASE         a git revision: settings, modules, policies and price lists are taken from it, and only manifests from the folder
#   ALLOW        guards to lift, with spaces between       SEAL         age recipients of the plan, with spaces between
#   REPORTS      where reports are written                 SUMMARY      a file they are also appended to
#   ANNOTATIONS  github: findings become annotations       COMMENT      true: the plan becomes a comment
#   REPORT_LANGUAGE  the language of messages and reports
#   LINK         where people find the reports of this run, for the comment and the summary
#   WAIT         how long apply waits for a dead run's lease (lease+1m: as long as one lasts, and a minute)
# It exits as partnerctl does, but for plan: a plan that a guard stops is a plan. An outcome that is not known yet ends every step with 3.
# drift exits with 2 where there is something to do.
set -eu

step=$1
cd "${PROJECT:-.}"
reports=${REPORTS:-.partnerctl/reports}
# What lies there may have come with a branch, and would be shown as ours. A job's first step takes away every report, a later one those
# of its own; which step is the first is kept outside of the checkout.
[ ! -L "$reports" ] || rm "$reports"
job="${GITHUB_RUN_ID:-}${GITHUB_RUN_ATTEMPT:+.$GITHUB_RUN_ATTEMPT}${GITHUB_JOB:+.$GITHUB_JOB}${CI_JOB_ID:-}"
begun="${RUNNER_TEMP:-${TMPDIR:-/tmp}}/partnerctl-$(printf '%s' "$PWD $reports ${job:-$PPID}" | cksum | tr -d ' ')"
if mkdir "$begun" 2>/dev/null || [ ! -d "$begun" ]; then
  rm -rf "$reports"/*.html "$reports"/*.md "$reports"/*.sarif "$reports"/*.xml "$reports"/*.annotations
fi
rm -rf "$reports/$step".*
mkdir -p "$reports"

set -- ${ENVIRONMENT:+--env "$ENVIRONMENT"} ${REPORT_LANGUAGE:+--lang "$REPORT_LANGUAGE"}
if [ "${ANNOTATIONS:-}" = github ]; then
  annotated=--save=github=$reports/$step.annotations
else
  annotated=--save=junit=$reports/$step.xml
fi

# What is quoted of a branch is a text to GitHub's runner and no command (::error::, ##[error]); only our annotations are.
github() {
  [ "${ANNOTATIONS:-}" != github ] || echo "$1"
}
account=
[ "${PROJECT:-.}" = . ] || account="$account $PROJECT"
[ -z "${ENVIRONMENT:-}" ] || account="$account $ENVIRONMENT"

token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
trap 'github "::$token::"' EXIT
github "::stop-commands::$token"

# What partnerctl was asked, its status kept; findings are told to the host, the report to whoever reads the summary. Whoever may read the
# log may not know the people in it.
run() {
  status=0
  partnerctl "$@" --mask-personal "$annotated" || status=$?
  if [ -e "$reports/$step.annotations" ]; then
    github "::$token::"
    cat "$reports/$step.annotations"
    github "::stop-commands::$token"
  fi
  if [ -n "${LINK:-}" ] && [ -e "$reports/$step.md" ]; then printf '\n[HTML and SARIF of this run](%s)\n' "$LINK" >>"$reports/$step.md"; fi
  if [ -n "${SUMMARY:-}" ] && [ -e "$reports/$step.md" ]; then cat "$reports/$step.md" >>"$SUMMARY"; fi
}

validate() {
  run validate "$@" ${BASE:+--base "$BASE"} --save "markdown=$reports/validate.md" --save "sarif=$reports/validate.sarif"
  exit "$status"
}

plan() {
  for recipient in ${SEAL:-}; do set -- "$@" --seal "$recipient"; done
  run plan "$@" ${BASE:+--base "$BASE"} --out "$reports/plan.json" \
    --save "markdown=$reports/plan.md" --save "html=$reports/plan.html" --save "sarif=$reports/plan.sarif"
  # Each account of a repository has a comment of its own.
  if [ "${COMMENT:-}" = true ] && [ -e "$reports/plan.md" ]; then partnerctl ci comment "$reports/plan.md" --name "plan$account"; fi
  case $status in 0 | 2 | 3 | 5) ;; *) exit "$status" ;; esac
  partnerctl ci publish "$reports/plan.json" ${ENVIRONMENT:+--env "$ENVIRONMENT"} ${BASE:+--base "$BASE"}
  [ "$status" != 3 ] || exit 3
}

# What an earlier run left open is looked for first, and recorded. Whether anything is due is asked then: most of what is merged changes no manifest, and its plan was applied long ago.
apply() {
  open=0
  partnerctl ledger settle --by-reading "$@" || open=$?
  # 6: another run holds the lease; apply waits for it, and looks then.
  case $open in 0 | 3 | 6) ;; *) exit "$open" ;; esac
  due=0
  partnerctl plan "$@" --detailed-exitcode --quiet >/dev/null || due=$?
  case $due in
    0) echo "Nothing to do: the account is as the manifests say." && exit 0 ;;
    2 | 3 | 5) ;;
    *) exit "$due" ;;
  esac
  rm -rf "$reports/plan.json"*
  partnerctl ci fetch "$@" --out "$reports/plan.json" || {
    status=$?
    [ "$due" != 3 ] || exit 3
    echo "Nobody has reviewed what main would change now. Plan main and have that reviewed: on GitHub, Actions, partnerctl, Run workflow;"
    echo "on GitLab, Build, Pipelines, New pipeline, then start the job that applies; elsewhere, run the step plan on main, then apply."
    exit "$status"
  }
  for guard in ${ALLOW:-}; do set -- "$@" --allow "$guard"; done
  # The lease of a runner that was lost is over after its length: so long, and a minute, is waited for it.
  run apply "$reports/plan.json" "$@" --wait "${WAIT:-lease+1m}" --save "markdown=$reports/apply.md" --save "html=$reports/apply.html"
  exit "$status"
}

drift() {
  run plan "$@" --detailed-exitcode --save "markdown=$reports/drift.md" --save "html=$reports/drift.html"
  exit "$status"
}

case $step in
  validate | plan | apply | drift) "$step" "$@" ;;
  *) echo "expected validate, plan, apply or drift; not $step" >&2 && exit 1 ;;
esac
