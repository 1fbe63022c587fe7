export type { Probe } from "./generated/documents.ts";
