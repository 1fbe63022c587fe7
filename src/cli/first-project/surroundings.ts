const editor = `{
  "yaml.schemas": {
    ".vscode/schemas/settings.schema.json": "partnerctl.yaml",
    ".vscode/schemas/manifest.schema.json": "manifests/**/*.yaml",
    ".vscode/schemas/overlay.schema.json": "overlays/**/*.yaml",
    ".vscode/schemas/policies.schema.json": "policies/**/*.yaml"
  }
}
`;

/** What stands around the manifests, by file: the editor's settings, a pipeline, what git leaves alone (plans hold people's data). */
export function surroundings(pipeline: string): Readonly<Record<string, string>> {
  return {
    ".vscode/settings.json": editor,
    ".github/workflows/partnerctl.yml": pipeline,
    ".gitignore": ".partnerctl/\n/plan.json*\n",
    ".partnerctl/.gitignore": "*\n",
  };
}
