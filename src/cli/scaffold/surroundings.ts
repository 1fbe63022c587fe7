const editor = `{
  "yaml.schemas": {
    ".vscode/schemas/settings.schema.json": "partnerctl.yaml",
    ".vscode/schemas/manifest.schema.json": "manifests/**/*.yaml",
    ".vscode/schemas/overlay.schema.json": "overlays/**/*.yaml",
    ".vscode/schemas/policies.schema.json": "policies/**/*.yaml"
  }
}
`;

/**
 * The other files of a new project, by path: editor settings, and .gitignore (plans contain
 * personal data).
 */
export function surroundings(): Readonly<Record<string, string>> {
  return {
    ".vscode/settings.json": editor,
    ".gitignore": ".partnerctl/\n/plan.json*\n",
    ".partnerctl/.gitignore": "*\n",
  };
}
