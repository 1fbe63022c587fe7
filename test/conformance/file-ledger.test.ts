import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileLedger } from "../../src/store/ledger/file.ts";
import { ledgerConformance } from "./ledger.ts";

const scratch = mkdtempSync(join(tmpdir(), "file-ledger-"));

ledgerConformance({
  name: "file",
  make: async () => {
    const path = join(mkdtempSync(join(scratch, "one-")), "ledger.jsonl");
    const open = () => fileLedger({ path, now: () => new Date() });
    return {
      open,
      forget: open,
      elsewhere: () => [{ type: "file", path }, scratch],
      tamper: async (change) => writeFileSync(path, change(readFileSync(path, "utf8"))),
    };
  },
  clear: async () => rmSync(scratch, { recursive: true }),
});
