/**
 * Environment variables that child processes (`git`, `ssh-keygen`) receive. All others are
 * withheld: they include secrets of the backend and the ledger, which hooks, credential helpers and
 * ssh commands would inherit.
 */
const names = new Set([
  ...["PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "TMPDIR", "TMP", "TEMP", "TZ", "LANG"],
  ...["SSH_AUTH_SOCK", "SSH_AGENT_PID", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "SSH_SK_PROVIDER"],
  ...["DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "GPG_TTY"],
  ...["GIT_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_EXEC_PATH"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"],
  // Windows needs these in addition to HOME and PATH.
  ...["SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "HOMEDRIVE", "HOMEPATH"],
  ...["APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES", "USERNAME"],
]);
const prefixes = ["LC_", "XDG_", "GIT_CONFIG_", "GIT_SSL_", "GIT_HTTP_", "GIT_TRACE"];

/**
 * The environment for a child process. `PARTNERCTL_CHILD_ENVIRONMENT` adds variables by name,
 * separated by commas, for example those that a user's credential helper needs.
 */
export function childEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const { PARTNERCTL_CHILD_ENVIRONMENT = "" } = environment;
  const wanted = PARTNERCTL_CHILD_ENVIRONMENT.split(",").map((name) => name.trim());
  const further = new Set(wanted.filter((name) => name !== "").map((name) => name.toUpperCase()));
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => isPassed(name.toUpperCase(), further)),
  );
}

function isPassed(name: string, further: ReadonlySet<string>): boolean {
  return names.has(name) || further.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}
