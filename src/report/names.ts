/** What every output format is called; kept apart from the formats, so that help need not load them. */
export const formatNames = ["text", "json", "markdown", "html", "sarif", "junit", "github", "csv"] as const;
