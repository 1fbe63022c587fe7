import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitLedger } from "../../src/store/ledger/git.ts";
import { gitIn } from "../store/repository.ts";
import { ledgerConformance } from "./ledger.ts";

const scratch = mkdtempSync(join(tmpdir(), "git-ledger-"));
const branch = "ledger";

function clone(remote: string): string {
  const folder = mkdtempSync(join(scratch, "clone-"));
  gitIn(scratch, "clone", "--quiet", remote, folder);
  return folder;
}

/** The whole ledger as one other file, committed by somebody else. */
async function tamper(remote: string, change: (text: string) => string): Promise<void> {
  const folder = clone(remote);
  gitIn(folder, "checkout", "--quiet", branch);
  const files = readdirSync(join(folder, "ledger"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".jsonl"))
    .sort();
  const text = files.map((name) => readFileSync(join(folder, "ledger", name), "utf8")).join("");
  rmSync(join(folder, "ledger"), { recursive: true });
  mkdirSync(join(folder, "ledger/000000"), { recursive: true });
  writeFileSync(join(folder, "ledger/000000/000000001.jsonl"), change(text));
  gitIn(folder, "add", "--all");
  gitIn(folder, "commit", "--quiet", "--allow-empty", "-m", "tampered");
  gitIn(folder, "push", "--quiet", "origin", branch);
}

ledgerConformance({
  name: "git",
  make: async () => {
    const remote = mkdtempSync(join(scratch, "remote-"));
    gitIn(remote, "init", "--quiet", "--bare");
    const folder = clone(remote);
    const at = (place: string) => gitLedger({ folder: place, remote: "origin", branch, now: () => new Date() });
    return {
      open: () => at(folder),
      forget: () => at(clone(remote)),
      elsewhere: () => [{ type: "git", path: clone(remote), branch }, scratch],
      tamper: (change) => tamper(remote, change),
    };
  },
  clear: async () => rmSync(scratch, { recursive: true }),
});
