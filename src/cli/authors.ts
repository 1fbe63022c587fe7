import { askGit } from "../store/git.ts";

/** Who wrote what a commit brings (a merge: all that it merged), trailers for co-authors included, and whom git knows here, who may have changed more; with `named`, whoever is known to plan. Undefined where nobody is known. */
export function authors(folder: string, commit: string | undefined, named: string | undefined): readonly string[] | undefined {
  const wrote = commit === undefined ? [] : written(folder, commit);
  const here = git(folder, ["config", "user.email"]);
  const all = [...wrote, ...here, ...(named === undefined ? [] : [named])].map((one) => one.trim()).filter((one) => one !== "");
  return all.length > 0 ? [...new Set(all)].sort() : undefined;
}

const form = "--format=%aE%n%(trailers:key=Co-authored-by,valueonly,unfold)";

/** Where a merge's own commits are not at hand (a shallow clone), its author stands for them. */
function written(folder: string, commit: string): readonly string[] {
  const merged = git(folder, ["log", "--no-merges", form, `${commit}^1..${commit}`, "--"]);
  const lines = merged.length > 0 ? merged : git(folder, ["log", "-1", form, commit, "--"]);
  return lines.map((line) => /<([^<>]+)>\s*$/.exec(line)?.[1] ?? line);
}

function git(folder: string, args: readonly string[]): readonly string[] {
  return (askGit(args, folder) ?? "").split("\n").filter((line) => line !== "");
}
