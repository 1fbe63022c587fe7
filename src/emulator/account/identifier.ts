import { createHash } from "node:crypto";

/** A GUID in lower case that depends only on the seed and the name. */
export function identifier(seed: string, name: string | number): string {
  const hex = createHash("sha256").update(`${seed}\n${name}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
