import type { Receipt } from "../../model/plan/receipt.ts";
import { most } from "../../store/files/read-input.ts";
import { readText } from "./text-file.ts";

/** A saved receipt, as `apply --format json` prints it; undefined where the file holds anything else or cannot be read. */
export async function readReceipt(path: string): Promise<Receipt | undefined> {
  const { receipt: isReceipt } = await import("../../kinds/generated/document-validators.js");
  try {
    const text = readText(path, most.document);
    const document: unknown = text.ok ? JSON.parse(text.value) : undefined;
    return isReceipt(document) ? (document as Receipt) : undefined;
  } catch {
    return undefined;
  }
}
