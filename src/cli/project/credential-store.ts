import { resolve } from "node:path";
import type { Settings } from "../../model/generated/settings.ts";
import { branchStore, type CredentialStore, folderStore } from "../../store/credentials/credential-store.ts";
import type { Workspace } from "./project.ts";

/** Where credentials lie unless the settings say otherwise: beside the ledger. */
export function credentialsLieIn({ credentials, ledger }: Settings): "folder" | "git" {
  if (credentials?.type !== undefined) return credentials.type;
  return ledger?.type === "git" && credentials?.folder === undefined ? "git" : "folder";
}

/** Where the settings keep encrypted credentials. Nothing is read or made before it is used. */
export function credentialStore({ root, project: { settings } }: Workspace): CredentialStore {
  const { folder = ".partnerctl/credentials", branch = "partnerctl-credentials" } = settings.credentials ?? {};
  if (credentialsLieIn(settings) === "folder") return folderStore(resolve(root, folder));
  const { type, path = ".", remote = "origin" } = settings.ledger ?? {};
  return branchStore({ folder: type === "git" ? resolve(root, path) : root, remote, name: branch });
}
