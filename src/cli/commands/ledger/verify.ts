import { hasErrors } from "../../../model/diagnostic.ts";
import { noPublicKey } from "../../../model/ledger/ledger-key-problems.ts";
import type { Verification } from "../../../model/ledger/history.ts";
import { keptApprovals } from "../../../operations/verify-approvals.ts";
import { verify } from "../../../store/ledger/index.ts";
import type { StoredLedger } from "../../../store/ledger/chain/stored-ledger.ts";
import { examiner } from "../../files/approvals.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Workspace } from "../../project/project.ts";
import { inLedger } from "../../project/workspace.ts";
import type { Option } from "../../parse/option.ts";

const options = [
  { flag: "--head", value: "hash", description: "a head kept elsewhere (on a plan or a receipt): proves nothing was dropped since" },
] as const satisfies readonly Option[];

/** `partnerctl ledger verify`, described. */
export const ledgerVerifyCommand: Command = {
  name: "ledger verify",
  group: "ledger",
  summary: "check whether the ledger was tampered with",
  arguments: [{ name: "file", description: "a ledger's file, which needs no project (default: the project's ledger)", values: "file" }],
  options,
  exits: { 0: "consistent; with --head, complete", 1: "tampered with, or an error" },
  examples: [
    "partnerctl ledger verify",
    "partnerctl ledger verify ledger.jsonl",
    "partnerctl ledger verify --head $(jq -r .ledger.head receipt.json)",
  ],
  shows: ["verification"],
  load: () => import("./verify.ts"),
};

/** Checks whether the ledger was tampered with. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { words, flags, terminal } = invocation;
  const check = async (ledger: StoredLedger, workspace?: Workspace) => {
    const found = await withApprovals(withRemark(await verify(ledger, flags.head), ledger), ledger, workspace);
    terminal.result(terminal.report.verification(found, terminal.style));
    return found.consistent && found.complete !== false && !hasErrors(found.problems) ? exitStatus.done : exitStatus.error;
  };
  return inLedger(invocation, check, words[0]);
}

/** That the chain is whole and signed proves little to somebody who cannot know whose signature it should be. */
function withRemark(found: Verification, { publicKey, traits }: StoredLedger): Verification {
  if (traits.ownKey || publicKey !== undefined || found.publicKey === undefined) return found;
  return { ...found, problems: [...found.problems, noPublicKey(found.publicKey)] };
}

/** Where the settings name signers, the signatures kept in a chain that is whole are checked too: they hold even if somebody wrote all of it anew. */
async function withApprovals(found: Verification, ledger: StoredLedger, workspace: Workspace | undefined): Promise<Verification> {
  if (!found.consistent || workspace?.project.settings.approvals === undefined) return found;
  const problems = await keptApprovals(ledger.entries(), examiner(workspace));
  return { ...found, problems: [...found.problems, ...problems] };
}
