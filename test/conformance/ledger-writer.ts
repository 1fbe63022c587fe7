import { LedgerMoved, noHash } from "../../src/model/ledger/ledger.ts";
import { openLedger } from "../../src/store/ledger/index.ts";
import { settingsWith } from "../settings.ts";
import { testLedger } from "../store/test-ledger.ts";

/**
 * Appends so many numbered notes, again where somebody else was first, and prints each once it is
 * durable.
 */
const [settings, root, name, count] = JSON.parse(process.argv[2] ?? "[]");
const ledger = openLedger(settingsWith({ ledger: settings }).ledger, {
  root,
  now: () => new Date(),
  ...testLedger,
});
let head = await ledger.head();
for (let index = 0; index < count; ) {
  try {
    head = await ledger.append(
      [
        {
          at: new Date().toISOString(),
          type: "run-closed",
          run: `${name}${index}`,
          done: 0,
          failed: 0,
          unknown: 0,
        },
      ],
      head ?? noHash,
    );
    process.stdout.write(`${name}${index}\n`);
    index += 1;
  } catch (error) {
    if (!(error instanceof LedgerMoved)) throw error;
    head = await ledger.head();
  }
}
