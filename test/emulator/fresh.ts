import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Dump, type Emulator, startEmulator } from "../../src/emulator/emulator.ts";
import { exampleAccount } from "./example-account.ts";

/**
 * One emulator for a file of tests. Before each it holds the example account, without quirks or
 * faults and with an empty log; the function that is returned gives it.
 */
export function freshEmulator(): () => Emulator {
  let dump: Dump;
  let emulator: Emulator;
  beforeAll(async () => {
    dump = await exampleAccount();
    emulator = await startEmulator();
  });
  beforeEach(() => {
    emulator.control.restore(dump);
    emulator.control.setQuirks("none");
    emulator.control.clearFaults();
    emulator.control.clearRequests();
  });
  afterAll(() => emulator.close());
  return () => emulator;
}
