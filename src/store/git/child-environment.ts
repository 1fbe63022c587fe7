/**
 * What a child process (`git`, `ssh-keygen`) may see of this process's environment. Secrets of the
 * backend and of the ledger are in there too, and whatever a child starts (hooks, credential
 * helpers, an ssh command) would inherit them.
 */
const names = new Set([
  ...["PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "TMPDIR", "TMP", "TEMP", "TZ", "LANG"],
  ...["SSH_AUTH_SOCK", "SSH_AGENT_PID", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "SSH_SK_PROVIDER"],
  ...["DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "GPG_TTY"],
  ...["GIT_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_EXEC_PATH"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"],
  // Windows keeps these apart from HOME and PATH.
  ...["SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "HOMEDRIVE", "HOMEPATH"],
  ...["APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES", "USERNAME"],
]);
const prefixes = ["LC_", "XDG_", "GIT_CONFIG_", "GIT_SSL_", "GIT_HTTP_", "GIT_TRACE"];

/**
 * The environment for a child process. `PARTNERCTL_CHILD_ENVIRONMENT` lists further names, with
 * commas between, for example those that a credential helper of the user's own needs.
 */
export function childEnvironment(environment: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string | undefined>> {
  const { PARTNERCTL_CHILD_ENVIRONMENT = "" } = environment;
  const wanted = PARTNERCTL_CHILD_ENVIRONMENT.split(",").map((name) => name.trim());
  const further = new Set(wanted.filter((name) => name !== "").map((name) => name.toUpperCase()));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => isPassed(name.toUpperCase(), further)));
}

function isPassed(name: string, further: ReadonlySet<string>): boolean {
  return names.has(name) || further.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}
