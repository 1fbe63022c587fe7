import type { Json } from "../../model/values/json.ts";
import type { Source } from "../../model/source.ts";
import { decode } from "./decode.ts";
import { readFast } from "./read-fast.ts";

/** The documents of a file, valid or not. Loads the YAML parser only for a file that needs it. */
export async function readUnvalidated(source: Source): Promise<readonly Json[]> {
  const text = decode(source.path, source.bytes);
  const values = "content" in text ? readFast(text.content) : undefined;
  if (values) return values;
  const { parse, trees } = await import("./parse.ts");
  return parse(source, { version: "", trees: trees() }).documents.map(({ value }) => value);
}
