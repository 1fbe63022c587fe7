// Preloaded into a process (NODE_OPTIONS=--import=…) to break it at its nth durable step.
// SABOTAGE=count:FILE            writes how many steps there were
// SABOTAGE=kill-before:N | kill-after:N | kill-torn:N   SIGKILL around step N; torn: half of a write is written first
// SABOTAGE=full:N | readonly:N   from step N on every write fails with ENOSPC or EROFS
import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const [mode, argument] = (process.env.SABOTAGE ?? "count:/dev/null").split(/:(.*)/s);
const at = Number(argument);
let steps = 0;

function die() {
  process.kill(process.pid, "SIGKILL");
  for (;;);
}

function fail(code) {
  return Object.assign(new Error(`${code}: sabotage`), { code });
}

/** Runs one durable step, or what the sabotage makes of it. */
function step(run, torn) {
  steps += 1;
  if ((mode === "full" || mode === "readonly") && steps >= at) throw fail(mode === "full" ? "ENOSPC" : "EROFS");
  if (mode === "kill-before" && steps === at) die();
  if (mode === "kill-torn" && steps === at) {
    torn?.();
    die();
  }
  const result = run();
  if (mode === "kill-after" && steps === at) die();
  return result;
}

function ours(fd) {
  return typeof fd === "number" && fd > 2;
}

const real = { ...fs };
fs.writeSync = (fd, data, ...rest) =>
  ours(fd) ? step(() => real.writeSync(fd, data, ...rest), () => real.writeSync(fd, data.slice(0, data.length >> 1))) : real.writeSync(fd, data, ...rest);
fs.writeFileSync = (file, data, ...rest) =>
  step(() => real.writeFileSync(file, data, ...rest), () => real.writeFileSync(file, data.slice(0, data.length >> 1), ...rest));
for (const name of ["appendFileSync", "fsyncSync", "fdatasyncSync", "renameSync", "ftruncateSync", "truncateSync", "linkSync"]) {
  fs[name] = (...args) => step(() => real[name](...args));
}
for (const name of ["write", "fsync", "fdatasync", "rename", "ftruncate", "truncate"]) {
  fs[name] = (...args) => {
    const callback = args.at(-1);
    try {
      return step(() => real[name](...args));
    } catch (error) {
      return void process.nextTick(callback, error);
    }
  };
}
const promises = { ...fs.promises };
for (const name of ["writeFile", "appendFile", "rename", "truncate"]) fs.promises[name] = async (...args) => step(() => promises[name](...args));
fs.promises.open = async (...args) => {
  const handle = await promises.open(...args);
  for (const name of ["write", "writeFile", "appendFile", "sync", "datasync", "truncate"]) {
    const method = handle[name].bind(handle);
    handle[name] = async (...given) => step(() => method(...given));
  }
  return handle;
};
// A git ledger's steps are processes: pushes and the objects made for them.
const spawn = childProcess.spawn;
childProcess.spawn = (...args) => step(() => spawn(...args));
syncBuiltinESMExports();

if (mode === "count") process.on("exit", () => real.writeFileSync(argument, String(steps)));
