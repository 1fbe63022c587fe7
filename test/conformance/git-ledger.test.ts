import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitLedger } from "../../src/store/ledger/git/git.ts";
import type { LedgerSigner } from "../../src/store/ledger/chain/signed.ts";
import { gitIn } from "../store/repository.ts";
import { testLedger } from "../store/test-ledger.ts";
import { ledgerConformance } from "./ledger.ts";

const scratch = mkdtempSync(join(tmpdir(), "git-ledger-"));
const branch = "ledger";

function clone(remote: string): string {
  const folder = mkdtempSync(join(scratch, "clone-"));
  // Hard links to what a killed writer's git still moves would fail.
  gitIn(scratch, "clone", "--quiet", "--no-local", remote, folder);
  return folder;
}

/**
 * Other text in the ledger's place, committed by somebody else: what is only added is another file,
 * as it should be.
 */
async function tamper(remote: string, change: (text: string) => string): Promise<void> {
  const folder = clone(remote);
  gitIn(folder, "checkout", "--quiet", branch);
  const place = join(folder, "ledger");
  const files = existsSync(place) ? readdirSync(place, { recursive: true, encoding: "utf8" }) : [];
  const texts = files
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .map((name) => readFileSync(join(place, name), "utf8"));
  const [before, after] = [texts.join(""), change(texts.join(""))];
  const added = after.startsWith(before);
  if (!added) rmSync(place, { recursive: true, force: true });
  mkdirSync(join(place, "000000"), { recursive: true });
  const name = added ? "000000/000000999.jsonl" : "000000/000000001.jsonl";
  writeFileSync(join(place, name), added ? after.slice(before.length) : after);
  gitIn(folder, "add", "--all");
  gitIn(folder, "commit", "--quiet", "--allow-empty", "-m", "tampered");
  gitIn(folder, "push", "--quiet", "origin", branch);
}

ledgerConformance({
  name: "git",
  shared: true,
  make: async () => {
    const remote = mkdtempSync(join(scratch, "remote-"));
    gitIn(remote, "init", "--quiet", "--bare");
    const folder = clone(remote);
    const now = () => new Date();
    let before: string | undefined;
    const at = (place: string, keys: Partial<LedgerSigner>) =>
      gitLedger({ folder: place, remote: "origin", branch, now, ...keys });
    return {
      open: (keys = testLedger) => at(folder, keys),
      forget: (more) => at(clone(remote), { ...testLedger, ...more }),
      elsewhere: () => [{ type: "git", path: clone(remote), branch }, scratch],
      tamper: async (change) => {
        before ??= gitIn(remote, "rev-parse", branch).trim();
        await tamper(remote, change);
      },
      undo: async () => void gitIn(remote, "update-ref", `refs/heads/${branch}`, before ?? ""),
    };
  },
  clear: async () => rmSync(scratch, { recursive: true }),
});
