import type { Diagnostic } from "../model/diagnostic.ts";
import type { Objection, World } from "../model/kind.ts";
import type { Draft } from "./diff/draft.ts";

/**
 * Runs each kind's checks on its changes. Each diagnostic gets the change's address and, if known,
 * the position in the manifest.
 */
export function check(drafts: readonly Draft[], world: World): readonly Diagnostic[] {
  return drafts.flatMap((draft) =>
    draft.kind.checks(draft.change, world).map((diagnostic) => placed(diagnostic, draft)),
  );
}

function placed({ field = "", ...diagnostic }: Objection, { change, resource }: Draft): Diagnostic {
  const at = diagnostic.at ?? resource?.locate(`/spec${field}`);
  return { ...diagnostic, address: change.address, ...(at && { at }) };
}
