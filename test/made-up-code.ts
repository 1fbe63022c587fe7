import type { Code, GuardName } from "../src/model/codes.ts";

/** A code that no module of the project reports, for kinds and documents that a test makes up. */
export function madeUpCode(code: string): Code {
  return code as Code;
}

/** A guard's name that no module of the project has. */
export function madeUpGuard(name: string): GuardName {
  return name as GuardName;
}
