const kept =
  /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])$/i;

/**
 * Returns true if Windows reserves a name for a device, whatever its extension: `con`, `nul.yaml`,
 * `com1.old.yaml`.
 */
export function isDeviceName(name: string): boolean {
  return kept.test((name.split(".", 1)[0] ?? "").trimEnd());
}

/** Returns true if a file or folder can have this name on Windows. */
export function isPortable(name: string): boolean {
  return !isDeviceName(name) && !/[<>:"|?*\\]|[. ]$/.test(name);
}
