// What SMB, exFAT, virtiofs and 9p refuse: hard links, modes, syncing a folder. Loaded with node
// --require.
const fs = require("node:fs");
const refuse = (syscall, code) => () => {
  throw Object.assign(new Error(`${code}: refused, ${syscall}`), { code, syscall });
};
const { fsyncSync } = fs;
fs.linkSync = refuse("link", "ENOTSUP");
fs.fchmodSync = refuse("fchmod", "EPERM");
fs.fsyncSync = (file) => (fs.fstatSync(file).isDirectory() ? refuse("fsync", "EINVAL")() : fsyncSync(file));
require("node:module").syncBuiltinESMExports();
