/**
 * Writes a project of so many manifests, one file a customer or one file a manifest, and returns
 * how many bytes they are.
 */
export function writeProject(folder: string, size: { readonly count: number; readonly layout: "customer" | "manifest" }): number;
