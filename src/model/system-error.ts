import { say } from "./text/phrase.ts";

const reasons: Readonly<Record<string, string>> = {
  EACCES: say`permission denied`,
  EPERM: say`not permitted`,
  EROFS: say`the file system is read-only`,
  ENOSPC: say`the disk is full`,
  ENOENT: say`no such file or folder`,
  EDQUOT: say`the disk quota is used up`,
  EFBIG: say`the file would be larger than it may be`,
  EEXIST: say`a file stands where a folder is needed`,
  EISDIR: say`that is a folder`,
  ENOTDIR: say`a file stands where a folder is needed`,
  ENOTEMPTY: say`that is a folder`,
  EMFILE: say`too many open files`,
  ENFILE: say`too many open files`,
  ENAMETOOLONG: say`the name is too long for this file system`,
  EINVAL: say`this file system does not take that name or operation`,
  ELOOP: say`the links form a cycle`,
  EBUSY: say`it is in use by another program`,
  ETXTBSY: say`it is in use by another program`,
  EIO: say`the disk could not be read or written`,
  ESTALE: say`the file system was disconnected`,
  ENXIO: say`no device or program answers there`,
  ENODEV: say`no device or program answers there`,
  ENOTSUP: say`this file system cannot do that`,
  EOPNOTSUPP: say`this file system cannot do that`,
  ENOSYS: say`this file system cannot do that`,
};

const unsupported = [
  "EINVAL",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EPERM",
  "EISDIR",
  "EACCES",
  "EMLINK",
];

/**
 * Returns the reason of a system error in words; undefined for another error or an unknown code.
 */
export function systemReason(error: unknown): string | undefined {
  const code = systemCode(error);
  return code !== undefined && Object.hasOwn(reasons, code) ? reasons[code] : undefined;
}

/**
 * Returns true if the error code says that the file system does not support an operation, such as
 * hard links, modes or syncing a folder.
 */
export function isUnsupported(error: unknown): boolean {
  const code = systemCode(error);
  return code !== undefined && unsupported.includes(code);
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}
