import type { Receipt } from "../../model/plan/receipt.ts";
import { most } from "../../store/files/read-input.ts";
import { readText } from "./text-file.ts";

/**
 * Reads a receipt saved by `apply --format json`. Undefined if the file cannot be read or is not a
 * receipt.
 */
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
