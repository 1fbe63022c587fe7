const editor = `{
  "yaml.schemas": {
    ".vscode/schemas/settings.schema.json": "partnerctl.yaml",
    ".vscode/schemas/manifest.schema.json": "manifests/**/*.yaml",
    ".vscode/schemas/overlay.schema.json": "overlays/**/*.yaml",
    ".vscode/schemas/policies.schema.json": "policies/**/*.yaml"
  }
}
`;

/** What stands around the manifests, by file: the editor's settings, what git leaves alone (plans hold people's data). */
export function surroundings(): Readonly<Record<string, string>> {
  return {
    ".vscode/settings.json": editor,
    ".gitignore": ".partnerctl/\n/plan.json*\n",
    ".partnerctl/.gitignore": "*\n",
  };
}
