/** The text of a price list as spreadsheets save it: UTF-8, UTF-16 with its mark, or GB 18030, which is what Chinese ones write. Undefined where the bytes are a workbook's, which is no text. */
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
