// Preloaded into a process (NODE_OPTIONS=--import=…) to break it at its nth durable step.
// SABOTAGE=count:FILE            writes there what every step was, a line each: what was done to
// which sort of file SABOTAGE=kill-before:N | kill-after:N | kill-torn:N   SIGKILL around step N,
// or the first of that sort; torn: half of a write is written first SABOTAGE=full:N
// from step N on the disk is full: the first write is cut short, the others fail with ENOSPC
// SABOTAGE=readonly:N            from step N on nothing can be changed: EROFS SABOTAGE_TOLD=FILE
// what the step was at which the process died SABOTAGE_HOST=NAME             the machine's name; it
// is another machine, with a boot of its own SABOTAGE_AHEAD=SECONDS         how much later it is
import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";
import { relative } from "node:path";

const [mode, argument] = (process.env.SABOTAGE ?? "count:/dev/null").split(/:(.*)/s);
const at = Number(argument);
const sorts = [];
const files = new Map();
let steps = 0;

/**
 * A step's name and the sort of file that it is about; what tells one file of a sort from another
 * is left out.
 */
function sortOf(name, about) {
  const file =
    typeof about === "number"
      ? (files.get(about) ?? "")
      : relative(process.cwd(), String(about ?? ""));
  return `${name} ${file.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{6,}|\d+/g, "*")}`.trim();
}

function die() {
  if (process.env.SABOTAGE_TOLD) real.writeFileSync(process.env.SABOTAGE_TOLD, sorts.at(-1));
  process.kill(process.pid, "SIGKILL");
  for (;;);
}

function fail(code) {
  return Object.assign(new Error(`${code}: sabotage`), { code, syscall: "sabotage" });
}

const half = (data) => data.slice(0, data.length >> 1);
const grows = /^(write|append|link|rename|open|mkdir)/;

/**
 * What is to become of the next step of this name, which is about a file or a descriptor of one.
 */
function next(name, about) {
  steps = sorts.push(sortOf(name, about));
  if (mode === "full" && steps >= at && grows.test(name))
    return steps === at && name.startsWith("write") ? "short" : "ENOSPC";
  if (mode === "readonly" && steps >= at) return "EROFS";
  if (steps !== at && (sorts.at(-1) !== argument || sorts.indexOf(argument) < steps - 1))
    return "go";
  if (mode === "kill-before") die();
  return mode === "kill-after" || mode === "kill-torn" ? mode : "go";
}

/** A step that ends when it returns; `torn` does half of it. */
function step([name, about], run, torn = run) {
  const fate = next(name, about);
  if (fate === "ENOSPC" || fate === "EROFS") throw fail(fate);
  if (fate === "go") return run();
  const result = fate === "kill-after" ? run() : torn();
  if (fate !== "short") die();
  return result;
}

/** A step that ends with a callback. */
function later([name, about], run, torn, callback) {
  const fate = next(name, about);
  if (fate === "ENOSPC" || fate === "EROFS") return void process.nextTick(callback, fail(fate));
  if (fate === "go") return run(callback);
  (fate === "kill-after" ? run : torn)(fate === "short" ? () => callback(fail("ENOSPC")) : die);
}

const real = { ...fs };
fs.writeSync = (fd, data, ...rest) =>
  fd > 2
    ? step(
        ["write", fd],
        () => real.writeSync(fd, data, ...rest),
        () => real.writeSync(fd, half(rest.length > 0 ? data.subarray(rest[0]) : data)),
      )
    : real.writeSync(fd, data, ...rest);
fs.writeFileSync = (file, data, ...rest) =>
  step(
    ["writeFile", file],
    () => real.writeFileSync(file, data, ...rest),
    () => {
      real.writeFileSync(file, half(data), ...rest);
      if (mode === "full") throw fail("ENOSPC");
    },
  );
for (const name of ["fsyncSync", "fdatasyncSync", "renameSync", "ftruncateSync", "linkSync"])
  fs[name] = (...args) =>
    step([name, args.at(/^(rename|link)/.test(name) ? 1 : 0)], () => real[name](...args));
fs.appendFile = (file, data, callback) =>
  later(
    ["writeFile", file],
    (done) => real.appendFile(file, data, done),
    (done) => real.appendFile(file, half(data), done),
    callback,
  );
for (const name of ["fsync", "fdatasync"]) {
  fs[name] = (fd, callback) =>
    later(
      [name, fd],
      (done) => real[name](fd, done),
      (done) => done(),
      callback,
    );
}
// These change no contents, so they are no steps; but a folder that cannot be written to refuses
// them.
const refused = (name) =>
  mode === "readonly" && steps >= at
    ? "EROFS"
    : mode === "full" && steps >= at && grows.test(name)
      ? "ENOSPC"
      : undefined;
for (const name of ["mkdirSync", "rmSync", "unlinkSync"]) {
  fs[name] = (path, ...rest) => {
    const code = real.existsSync(path) === (name !== "mkdirSync") ? refused(name) : undefined;
    if (code) throw fail(code);
    return real[name](path, ...rest);
  };
}
fs.openSync = (path, flags = "r", ...rest) => {
  const code =
    flags === "r" || (mode === "full" && real.existsSync(path)) ? undefined : refused("openSync");
  if (code) throw fail(code);
  const fd = real.openSync(path, flags, ...rest);
  files.set(fd, relative(process.cwd(), String(path)));
  return fd;
};
// A git ledger's steps are processes: pushes and the objects made for them.
const spawn = childProcess.spawn;
if (!["full", "readonly"].includes(mode))
  childProcess.spawn = (...args) => step(["spawn"], () => spawn(...args));
if (process.env.SABOTAGE_HOST) {
  os.hostname = () => process.env.SABOTAGE_HOST;
  fs.readFileSync = (path, ...rest) =>
    path === "/proc/sys/kernel/random/boot_id"
      ? `${process.env.SABOTAGE_HOST}\n`
      : real.readFileSync(path, ...rest);
}
if (process.env.SABOTAGE_AHEAD) {
  const ahead = Number(process.env.SABOTAGE_AHEAD) * 1000;
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length === 0 ? [RealDate.now() + ahead] : given));
    }
    static now() {
      return RealDate.now() + ahead;
    }
  };
}
syncBuiltinESMExports();

if (mode === "count") process.on("exit", () => real.writeFileSync(argument, sorts.join("\n")));
