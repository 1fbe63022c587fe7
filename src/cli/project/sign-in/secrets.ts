import { AdapterUnusable, type SecretKeeper } from "../../../adapters/factory.ts";
import type { Diagnostic } from "../../../model/diagnostic.ts";
import { say } from "../../../model/text/phrase.ts";
import { record, textOf } from "../../../model/text/recorded.ts";
import { isSpec, type Json, type Spec } from "../../../model/values/json.ts";
import { isUnderReview } from "../../../store/hosts/event.ts";
import {
  canKeep,
  keepValue,
  readSecret,
  type SecretPlace,
  type SecretSource,
} from "../../../store/secrets/secret-source.ts";
import type { Workspace } from "../project.ts";

/** The options of an adapter with its secrets, and what keeps new values of them. */
export interface OptionsWithSecrets {
  readonly options: Spec;
  keeperOf(secret: string): SecretKeeper | undefined;
}

type Folders = Pick<Workspace, "root" | "base">;

/**
 * Reads the files and runs the commands that the options name for secrets; the secret `unread` is
 * left out, because its file or command has none yet. Throws AdapterUnusable:
 * secret/under-review, secret/command, secret/value or a code of files.
 */
export async function withSecrets(
  options: Spec,
  folders: Folders,
  unread?: string,
): Promise<OptionsWithSecrets> {
  const all = isSpec(options.secrets) ? Object.entries(options.secrets) : [];
  const sources = new Map(all.flatMap(([name, value]) => sourceOf(name, value)));
  const secrets = all.filter(([name]) => name !== unread || !sources.has(name));
  if (sources.size === 0) return { options, keeperOf: () => undefined };
  const read = secrets.map(async ([name, value]): Promise<[string, Json]> => {
    const source = sources.get(name);
    return [name, source === undefined ? value : await secretIn(source, placeOf(name, folders))];
  });
  return {
    options: { ...options, secrets: Object.fromEntries(await Promise.all(read)) },
    keeperOf: (name) => {
      const source = sources.get(name);
      const place = placeOf(name, folders);
      return source && canKeep(source, place)
        ? (value) => keepValue(source, value, place)
        : undefined;
    },
  };
}

/** The settings' schema allows no other objects among secrets. */
function sourceOf(name: string, value: Json): readonly (readonly [string, SecretSource])[] {
  return isSpec(value) ? [[name, value as object as SecretSource]] : [];
}

function placeOf(name: string, { root, base }: Folders): SecretPlace {
  return { field: `secrets.${name}`, root, base };
}

async function secretIn(source: SecretSource, place: SecretPlace): Promise<string> {
  if ("exec" in source && place.root === place.base && isUnderReview(process.env))
    throw unusable(underReview(place.field));
  const read = await readSecret(source, place);
  if (read.ok) return read.value;
  throw unusable(read.diagnostics[0] ?? underReview(place.field));
}

function unusable(refused: Diagnostic): AdapterUnusable {
  const hint = refused.hint === undefined ? undefined : textOf(refused, "hint");
  return new AdapterUnusable(refused.code, textOf(refused, "message"), hint);
}

function underReview(field: string): Diagnostic {
  return record({
    severity: "error",
    code: "secret/under-review",
    message: say`The settings come from a branch under review, so the command for ${field} is not run.`,
    hint: say`Name the default branch with --base: its settings decide, and the branch's manifests are planned.`,
  });
}
