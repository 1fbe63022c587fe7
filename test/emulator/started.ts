export { type Dump, type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/emulator.ts";

/** An emulator without surprises, for tests of something else. */
export const noTrapsAtAll = "none";
