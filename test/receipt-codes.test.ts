import { expect, test } from "vitest";
import { report } from "../src/report/index.ts";
import type { Receipt, Status } from "../src/model/plan/receipt.ts";
import { address } from "../src/model/address.ts";

// What a receipt says of a change without a code of its own goes by its status.
test.each<readonly [Status, code: string, level: string]>([
  ["failed", "receipt/failed", "error"],
  ["unknown", "receipt/unknown", "error"],
  ["stale", "receipt/stale", "warning"],
  ["skipped", "receipt/skipped", "warning"],
  ["done-earlier", "receipt/done-earlier", "warning"],
  ["manual", "receipt/manual", "notice"],
])("%s is told as %s", (status, code, level) => {
  const user = address("User", "li");
  const results = [{ change: `${user}#1`, address: user, action: "update", status }] as const;
  const told = report("github").show(
    { kind: "receipt", receipt: { results } as unknown as Receipt },
    {
      color: false,
      width: 80,
    },
  );
  expect(told).toMatch(new RegExp(`^::${level} [^\n]*title=${code}`));
});
