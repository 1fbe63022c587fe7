import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileLedger } from "../../src/store/ledger/file/file.ts";
import { ledgerMemory } from "../../src/store/ledger/file/memory.ts";
import { testLedger } from "../store/test-ledger.ts";
import { ledgerConformance } from "./ledger.ts";

const scratch = mkdtempSync(join(tmpdir(), "file-ledger-"));

ledgerConformance({
  name: "file",
  shared: true,
  make: async () => {
    const path = join(mkdtempSync(join(scratch, "one-")), "ledger.jsonl");
    const memory = ledgerMemory(mkdtempSync(join(scratch, "state-")), path);
    const now = () => new Date();
    let before: Buffer | undefined;
    return {
      open: (keys = testLedger) => fileLedger({ path, now, memory, ...keys }),
      forget: (more) => fileLedger({ path, now, ...testLedger, ...more }),
      elsewhere: () => [{ type: "file", path }, scratch],
      tamper: async (change) => {
        before ??= readFileSync(path);
        writeFileSync(path, change(readFileSync(path, "utf8")));
      },
      undo: async () => writeFileSync(path, before ?? ""),
    };
  },
  clear: async () => rmSync(scratch, { recursive: true }),
});
