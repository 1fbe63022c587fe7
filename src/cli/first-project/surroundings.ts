const editor = `{
  "yaml.schemas": {
    ".vscode/schemas/settings.schema.json": "partnerctl.yaml",
    ".vscode/schemas/manifest.schema.json": "manifests/**/*.yaml",
    ".vscode/schemas/overlay.schema.json": "overlays/**/*.yaml",
    ".vscode/schemas/policies.schema.json": "policies/**/*.yaml"
  }
}
`;

const pipeline = `# Checks manifests and shows the plan on every pull request; applies what is merged.
# A runner forgets everything: before you apply from here, keep the ledger on a git branch and the credentials in a
# place that lasts (see partnerctl.yaml), and point adapter: at your account.
name: partnerctl
on:
  pull_request:
  push:
    branches: [main]
  workflow_dispatch: # by hand, to lift the guard that a plan stopped at
    inputs:
      allow:
        description: The guard to lift for this run (irreversible, ...)
permissions:
  contents: write # the ledger's branch
concurrency: partnerctl-\${{ github.ref }}
jobs:
  plan:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm install --global partnerctl
      - run: partnerctl validate
      # 5 says that a guard stops this plan: apply then stops there too, unless the run lifts it.
      - run: partnerctl plan --format markdown --out plan.json >> "$GITHUB_STEP_SUMMARY" || [ $? -eq 5 ]
        env:
          PARTNERCTL_LEDGER_KEY: \${{ secrets.PARTNERCTL_LEDGER_KEY }}
      - uses: actions/upload-artifact@v4
        with:
          name: plan
          path: plan.json
  apply:
    if: github.event_name != 'pull_request'
    needs: plan
    runs-on: ubuntu-latest
    environment: production # somebody approves the plan here
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm install --global partnerctl
      - uses: actions/download-artifact@v4
        with:
          name: plan
      - run: partnerctl apply plan.json \${ALLOW:+--allow "$ALLOW"}
        env:
          ALLOW: \${{ inputs.allow }}
          PARTNERCTL_LEDGER_KEY: \${{ secrets.PARTNERCTL_LEDGER_KEY }}
`;

/** What stands around the manifests, by file: the editor's settings, a pipeline, what git leaves alone. */
export const surroundings: Readonly<Record<string, string>> = {
  ".vscode/settings.json": editor,
  ".github/workflows/partnerctl.yml": pipeline,
  ".gitignore": ".partnerctl/\n",
  ".partnerctl/.gitignore": "*\n",
};
