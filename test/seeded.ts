import fc from "fast-check";

export * from "fast-check";
// biome-ignore lint/style/noDefaultExport: it stands for a package that has one.
export default fc;

// The same examples every time, so that a run tells of the code alone; `FC_SEED=new` draws others,
// as `soak:all` does.
fc.configureGlobal({
  seed: process.env.FC_SEED === "new" ? Date.now() % 0x7fffffff : Number(process.env.FC_SEED ?? 1),
});
