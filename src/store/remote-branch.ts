/** A branch of a remote repository, accessed through a local repository. */
export interface RemoteBranch {
  /** A folder in the local repository. */
  readonly folder: string;
  /** The remote's name or URL. */
  readonly remote: string;
  readonly name: string;
}

/** The full reference name of the branch on the remote. */
export function refOf({ name }: RemoteBranch): string {
  return `refs/heads/${name}`;
}

/**
 * The commit at the tip of the branch on its remote; undefined if the branch does not exist. `run`
 * must run git and return its output.
 */
export async function tipOf(
  branch: RemoteBranch,
  run: (args: readonly string[]) => Promise<Uint8Array>,
): Promise<string | undefined> {
  const listed = text(await run(["ls-remote", "--", branch.remote, refOf(branch)]));
  // ls-remote also lists longer names that end with the pattern.
  const row = listed.split("\n").find((one) => one.endsWith(`\t${refOf(branch)}`));
  return row?.split("\t")[0];
}

/** Decodes git's output as UTF-8. */
export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}
