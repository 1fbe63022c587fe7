import { readFileSync } from "node:fs";
import type { Receipt } from "../model/receipt.ts";

/** A saved receipt, as `apply --format json` prints it; undefined where the file holds anything else or cannot be read. */
export async function readReceipt(path: string): Promise<Receipt | undefined> {
  const { receipt: isReceipt } = await import("../kinds/generated/document-validators.js");
  try {
    const document: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isReceipt(document) ? (document as Receipt) : undefined;
  } catch {
    return undefined;
  }
}
