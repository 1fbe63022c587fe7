import { resolve } from "node:path";
import {
  branchStore,
  type CredentialStore,
  folderStore,
} from "../../store/credentials/credential-store.ts";
import { ledgerRepository } from "../../store/ledger/index.ts";
import type { Workspace } from "./project.ts";

/** The credential store of the settings. Does not access it yet. */
export function credentialStore({ root, project: { settings } }: Workspace): CredentialStore {
  const { ledger, credentials } = settings;
  if (credentials.type === "folder") return folderStore(resolve(root, credentials.folder));
  const repository = ledgerRepository(ledger, root) ?? { folder: root, remote: ledger.remote };
  return branchStore({ ...repository, name: credentials.branch });
}
