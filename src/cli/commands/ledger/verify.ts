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
  {
    flag: "--head",
    value: "hash",
    description: "a head kept elsewhere (on a plan or a receipt): proves nothing was dropped since",
  },
] as const satisfies readonly Option[];

/** The `partnerctl ledger verify` command. */
export const ledgerVerifyCommand: Command = {
  name: "ledger verify",
  group: "ledger",
  summary: "check whether the ledger was tampered with",
  arguments: [
    {
      name: "file",
      description: "a ledger's file, which needs no project (default: the project's ledger)",
      values: "file",
    },
  ],
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

/** Verifies the integrity of the ledger. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { words, flags, terminal } = invocation;
  const check = async (ledger: StoredLedger, workspace?: Workspace) => {
    const found = await withApprovals(
      withRemark(await verify(ledger, flags.head), ledger),
      ledger,
      workspace,
    );
    terminal.show({ kind: "verification", verification: found });
    return found.consistent && found.complete !== false && !hasErrors(found.problems)
      ? exitStatus.done
      : exitStatus.error;
  };
  return inLedger(invocation, check, words[0]);
}

/**
 * Adds a problem if the settings name no public key: a valid signature proves little if the
 * signer's key is not known.
 */
function withRemark(found: Verification, { publicKey, traits }: StoredLedger): Verification {
  if (traits.ownKey || publicKey !== undefined || found.publicKey === undefined) return found;
  return { ...found, problems: [...found.problems, noPublicKey(found.publicKey)] };
}

/**
 * If the settings name signers and the ledger is consistent, also verifies the approvals in it.
 * Their signatures stay valid evidence even if the whole ledger was rewritten.
 */
async function withApprovals(
  found: Verification,
  ledger: StoredLedger,
  workspace: Workspace | undefined,
): Promise<Verification> {
  if (!found.consistent || workspace?.project.settings.approvals === undefined) return found;
  const problems = await keptApprovals(ledger.entries(), examiner(workspace));
  return { ...found, problems: [...found.problems, ...problems] };
}
