import { readFileSync } from "node:fs";
import { receipt as isReceipt } from "../kinds/generated/document-validators.js";
import type { Receipt } from "../model/receipt.ts";

/** A saved receipt, as `apply --format json` prints it; undefined where the file holds anything else or cannot be read. */
export function readReceipt(path: string): Receipt | undefined {
  try {
    const document: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isReceipt(document) ? (document as Receipt) : undefined;
  } catch {
    return undefined;
  }
}
