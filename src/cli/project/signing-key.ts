import { join } from "node:path";
import type { Checked } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import { homeFolder } from "../../store/files/home-folder.ts";
import { askGit } from "../../store/git/git.ts";

/**
 * The signing key: the given one, else git's SSH key (`gpg.format`, `user.signingkey`). Diagnostic
 * `approval/no-key` if there is none.
 */
export function signingKey(given: string | undefined): Checked<string> {
  const key =
    given ?? (configured("gpg.format") === "ssh" ? configured("user.signingkey") : undefined);
  if (key !== undefined)
    return {
      ok: true,
      value: key.replace(/^key::/, "").replace(/^~(?=\/)/, homeFolder() ?? "~"),
      diagnostics: [],
    };
  const file = join("~", ".ssh", "id_ed25519");
  return {
    ok: false,
    diagnostics: [
      record({
        severity: "error",
        code: "approval/no-key",
        message: say`There is no key to sign with: none is given, and git signs with no SSH key.`,
        hint: say`Say --key ${file}, or set git's gpg.format to ssh and user.signingkey to the key.`,
      }),
    ],
  };
}

function configured(name: string): string | undefined {
  return askGit(["config", name], process.cwd()) || undefined;
}
