import type { Json } from "./json.ts";
import type { Pointer } from "./pointer.ts";

/** One operation of a JSON Patch (RFC 6902), limited to those the planner needs. */
export interface Operation {
  readonly op: "add" | "replace";
  readonly path: Pointer;
  readonly value: Json;
}
