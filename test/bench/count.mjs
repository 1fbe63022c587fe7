// Loaded before the program (node --import): counts what it asks of the disk, and writes it as JSON
// to the file COUNT_TO at its end.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const counts = { syncs: 0, opens: 0, written: 0 };
const to = process.env.COUNT_TO;

function counting(name, count) {
  const own = fs[name];
  fs[name] = (...given) => {
    count(given);
    return own(...given);
  };
}

for (const name of ["fsync", "fdatasync", "fsyncSync", "fdatasyncSync"])
  counting(name, () => (counts.syncs += 1));
for (const name of ["open", "openSync", "readFile", "readFileSync"])
  counting(name, () => (counts.opens += 1));
for (const name of [
  "write",
  "writeSync",
  "appendFile",
  "appendFileSync",
  "writeFile",
  "writeFileSync",
])
  counting(
    name,
    ([, what, , length]) =>
      (counts.written += typeof length === "number" ? length : Buffer.byteLength(what)),
  );
syncBuiltinESMExports();
process.on("exit", () => {
  if (to !== undefined) fs.writeFileSync(to, JSON.stringify(counts));
});
