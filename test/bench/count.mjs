// Loaded before the program (node --import): counts what it asks of the disk, and writes it as JSON to the file COUNT_TO at its end.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const counts = { syncs: 0, opens: 0 };
const to = process.env.COUNT_TO;

function counting(name, under) {
  const own = fs[name];
  fs[name] = (...given) => {
    counts[under] += 1;
    return own(...given);
  };
}

for (const name of ["fsync", "fdatasync", "fsyncSync", "fdatasyncSync"]) counting(name, "syncs");
for (const name of ["open", "openSync", "readFile", "readFileSync"]) counting(name, "opens");
const { open } = fs.promises;
fs.promises.open = async (...given) => {
  counts.opens += 1;
  const handle = await open(...given);
  for (const name of ["sync", "datasync"]) {
    const own = handle[name].bind(handle);
    handle[name] = () => {
      counts.syncs += 1;
      return own();
    };
  }
  return handle;
};
syncBuiltinESMExports();
process.on("exit", () => {
  if (to !== undefined) fs.writeFileSync(to, JSON.stringify(counts));
});
