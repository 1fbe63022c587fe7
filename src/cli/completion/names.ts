// The names that a project's files and the tool's own registries hold.
import { join } from "node:path";
import { kinds } from "../../kinds/index.ts";
import { readUnvalidated } from "../../manifest/read/unvalidated.ts";
import { identify } from "../../manifest/resolve/identify.ts";
import { defaultSetting } from "../../manifest/settings/settings-schema.ts";
import type { Address } from "../../model/address.ts";
import { isSpec, type Spec } from "../../model/values/json.ts";
import { readManifests } from "../../store/files/files.ts";
import { most, readInput } from "../../store/files/read-input.ts";
import type { NameSort } from "../parse/option.ts";
import type { GivenValues } from "./ledger-names.ts";
import { projectFolder, settingsFile } from "../project/project-folder.ts";

/** The names of a sort. Nothing is validated, since a line is completed with every key pressed. */
export async function findNames(
  sort: NameSort,
  half: string,
  given: GivenValues,
): Promise<readonly string[]> {
  switch (sort) {
    case "address":
      return declared(given);
    case "target":
      return [
        ...kinds.filter((kind) => kind.declared).map(({ name }) => name),
        ...(await declared(given)),
      ];
    case "environment":
      return Object.keys(environments(await settings(given)));
    case "guard": {
      const { registeredCodes } = await import("../../model/codes.ts");
      return registeredCodes().flatMap((code) =>
        code.startsWith("guard/") ? code.slice("guard/".length) : [],
      );
    }
    case "schema":
      return (await import("../project/schemas.ts")).schemaNames();
    case "explained":
      return (await import("../project/explainers.ts")).explainedNames(half);
    default:
      return fromLedger(sort, given);
  }
}

type RecordedSort = "recorded" | "open-change" | "actor" | "invoice" | "revision" | "compared";

async function fromLedger(sort: RecordedSort, given: GivenValues): Promise<readonly string[]> {
  const names = await import("./ledger-names.ts");
  const found = {
    recorded: names.recordedNames,
    "open-change": names.openChanges,
    actor: names.actors,
    invoice: names.invoices,
    revision: names.revisions,
    compared: async (of: GivenValues) => [...(await names.revisions(of)), ":file"],
  };
  return found[sort](given);
}

/** The addresses that the manifests declare, also those of manifests with errors. */
async function declared(given: GivenValues): Promise<readonly Address[]> {
  const root = projectFolder(given.get("--project"));
  if (root === undefined) return [];
  const written = await settings(given);
  const patch = environments(written)[given.get("--env") ?? ""];
  const { manifests = defaultSetting("manifests") } = {
    ...written,
    ...(isSpec(patch) ? patch : {}),
  };
  const read = typeof manifests === "string" ? readManifests(root, [manifests]) : undefined;
  const documents = await Promise.all((read?.ok ? read.value : []).map(readUnvalidated));
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const found = documents.flat().flatMap((one) => identify(one, byName)?.address ?? []);
  return [...new Set(found)];
}

async function settings(given: GivenValues): Promise<Spec> {
  const root = projectFolder(given.get("--project"));
  const read =
    root === undefined
      ? undefined
      : readInput(join(root, settingsFile), { shown: settingsFile, limit: most.manifest });
  const [document] = read?.ok
    ? await readUnvalidated({ path: settingsFile, bytes: read.value })
    : [];
  return isSpec(document) ? document : {};
}

function environments({ environments: patches }: Spec): Spec {
  return isSpec(patches) ? patches : {};
}
