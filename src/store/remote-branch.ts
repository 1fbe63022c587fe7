/** A branch of a remote repository, reached from a local one. */
export interface RemoteBranch {
  /** A folder of the local repository. */
  readonly folder: string;
  /** A remote's name or address. */
  readonly remote: string;
  readonly name: string;
}

/** What the remote calls the branch. */
export function refOf({ name }: RemoteBranch): string {
  return `refs/heads/${name}`;
}

/** The commit that a branch is at on its remote, which `run` asks; undefined where there is no such branch. */
export async function tipOf(branch: RemoteBranch, run: (args: readonly string[]) => Promise<Uint8Array>): Promise<string | undefined> {
  const listed = text(await run(["ls-remote", "--", branch.remote, refOf(branch)]));
  // The pattern also matches longer names that end with it.
  const row = listed.split("\n").find((one) => one.endsWith(`\t${refOf(branch)}`));
  return row?.split("\t")[0];
}

/** What git printed. */
export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}
