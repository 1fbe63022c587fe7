/**
 * Decodes a price list as spreadsheets save it: UTF-16 with a byte order mark, UTF-8, or GB 18030,
 * which Chinese spreadsheets use. Undefined for a workbook (.xlsx, .xls), which is not text.
 */
export function priceListText(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0x50 && second === 0x4b && third === 3 && fourth === 4) return undefined;
  if (first === 0xd0 && second === 0xcf && third === 0x11 && fourth === 0xe0) return undefined;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
