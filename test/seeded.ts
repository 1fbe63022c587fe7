import fc from "fast-check";

// The same examples every time, so that a run tells of the code alone; `FC_SEED=new` draws others,
// as `soak:all` does.
fc.configureGlobal({
  seed: process.env.FC_SEED === "new" ? Date.now() % 0x7fffffff : Number(process.env.FC_SEED ?? 1),
});

/** How many times as many examples as a test asks for; a soak draws more. */
export const factor = Number(process.env.FC_FACTOR ?? 1);

const assert = ((property: fc.IRawProperty<unknown>, parameters: fc.Parameters<unknown> = {}) =>
  fc.assert(property, {
    ...parameters,
    numRuns: Math.max(1, Math.round((parameters.numRuns ?? 100) * factor)),
  })) as typeof fc.assert;

export * from "fast-check";
// biome-ignore lint/style/noDefaultExport: it stands for a package that has one.
export default { ...fc, assert };
