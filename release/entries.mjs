/**
 * What a program can import from the package, by the name under `dist`; `exports` in package.json
 * says the same to Node.
 */
export const library = {
  index: "src/index.ts",
  adapter: "src/library/adapter.ts",
  engine: "src/library/engine.ts",
  ledger: "src/library/ledger.ts",
  conformance: "src/conformance.ts",
  emulator: "src/emulator/emulator.ts",
};
