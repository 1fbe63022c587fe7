import { join } from "node:path";
import type { Code } from "../../../model/codes.ts";
import { SinkUnavailable } from "../../../model/credential.ts";
import { type Checked, compare } from "../../../model/diagnostic.ts";
import type { WaitingCredential } from "../../../model/ledger/history.ts";
import type { LedgerReader } from "../../../model/ledger/ledger.ts";
import type { Wording } from "../../../model/text/phrase.ts";
import { say } from "../../../model/text/phrase.ts";
import { record } from "../../../model/text/recorded.ts";
import { wordingOf } from "../../../model/text/worded-error.ts";
import { didYouMean } from "../../../model/text/similar.ts";
import { credentialSources } from "../../../operations/credential-sources.ts";
import { findCredential, type StoredCredential } from "../../../store/credentials/credentials.ts";
import { unseal } from "../../../store/credentials/seal.ts";
import type { Files } from "../../../store/git/branch-files.ts";
import { identitiesFrom } from "../../files/identities.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { wrong } from "../../parse/options.ts";
import { credentialStore } from "../../project/credential-store.ts";
import { openStoredLedger } from "../../project/ledger.ts";
import type { Workspace } from "../../project/project.ts";
import { inProject } from "../../project/workspace.ts";

const options = [
  {
    flag: "--identity",
    value: "file",
    values: "file",
    description:
      "the age identities to open it with (default: PARTNERCTL_CREDENTIALS_IDENTITY, then .partnerctl/identity.txt)",
  },
  { flag: "--handed-over", description: "it has reached its owner: remove it" },
] as const satisfies readonly Option[];

/** The `partnerctl credentials` command. */
export const credentialsCommand: Command = {
  name: "credentials",
  group: "account",
  summary: "list the credentials that wait to be handed over, and open one",
  arguments: [
    {
      name: "address",
      description: "the object whose credential is opened (default: list all)",
      values: "address",
    },
  ],
  options,
  exits: { 0: "listed, opened or removed", 1: wrong },
  examples: [
    "partnerctl credentials",
    "partnerctl credentials User/wang-fang",
    "partnerctl credentials User/wang-fang --handed-over",
  ],
  shows: ["credentials"],
  load: () => import("./credentials.ts"),
};

/** Lists the stored credentials; decrypts or removes those of one object. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { flags, terminal } = invocation;
  return inProject(invocation, async (workspace) => {
    const ledger = openStoredLedger(workspace);
    const done = await available(() => find(invocation, workspace, ledger));
    if (!done.ok) {
      terminal.diagnostics(done.diagnostics);
      return exitStatus.error;
    }
    if (flags.handedOver)
      terminal.remark(
        say`Removed: ${{ list: [...new Set(done.value.map(({ address, file }) => address ?? file))] }}.`,
      );
    else terminal.show({ kind: "credentials", credentials: done.value });
    return exitStatus.done;
  });
}

type Found = Checked<readonly WaitingCredential[]>;

async function find(
  { words: [address], flags }: Invocation<typeof options>,
  workspace: Workspace,
  ledger: LedgerReader,
): Promise<Found> {
  const store = credentialStore(workspace);
  const files = await store.read();
  const waiting = await waitingIn(files, ledger);
  if (address === undefined) return flags.handedOver ? noAddress : found(waiting);
  const wanted = waiting.filter((one) => [one.address, one.file].includes(address));
  if (wanted.length === 0) return nothingFor(address, waiting);
  const identity = flags.handedOver ? undefined : identities(workspace, flags.identity);
  if (identity) return identity.ok ? openAll(wanted, files, identity.value) : identity;
  for (const { file } of wanted) await store.remove(file);
  return found(wanted);
}

/** Sorted by address, then age. Credentials that no ledger entry mentions follow by file name. */
async function waitingIn(
  files: Files,
  ledger: LedgerReader,
): Promise<readonly WaitingCredential[]> {
  const told = (await credentialSources(ledger.entries())).flatMap(
    ({ address, requestId, since }) => {
      const file = findCredential(files, address, requestId);
      return file === undefined ? [] : [{ file, address, since }];
    },
  );
  told.sort((one, other) => compare(one.address, other.address) || compare(one.since, other.since));
  const known = new Set(told.map(({ file }) => file));
  return [
    ...told,
    ...[...files.keys()].filter((file) => !known.has(file)).map((file) => ({ file })),
  ];
}

/** The age identities from the option, else the variable, else the file that `init` wrote. */
function identities({ root }: Workspace, given: string | undefined): Checked<string> {
  const { PARTNERCTL_CREDENTIALS_IDENTITY } = process.env;
  return identitiesFrom(
    given ?? (PARTNERCTL_CREDENTIALS_IDENTITY || join(root, ".partnerctl", "identity.txt")),
  );
}

async function openAll(
  wanted: readonly WaitingCredential[],
  files: Files,
  identity: string,
): Promise<Found> {
  const rows: WaitingCredential[] = [];
  for (const one of wanted) {
    const text = await unseal(files.get(one.file) ?? new Uint8Array(), identity);
    if (!text.ok) return text;
    const { userName, secret }: StoredCredential = JSON.parse(text.value);
    rows.push({ ...one, opened: { userName, secret } });
  }
  return found(rows);
}

function found(value: readonly WaitingCredential[]): Found {
  return { ok: true, value, diagnostics: [] };
}

const noAddress = refused(
  "credentials/no-address",
  say`Which credential was handed over is not said.`,
  say`Name its object: partnerctl credentials User/wang-fang --handed-over.`,
);

function nothingFor(address: string, waiting: readonly WaitingCredential[]): Found {
  const names = waiting.map((one) => one.address ?? one.file);
  const hint = didYouMean(address, names) ?? say`List what waits with partnerctl credentials.`;
  return refused(
    "credentials/none",
    say`No credential of ${address} waits to be handed over.`,
    hint,
  );
}

function refused(code: Code, message: Wording, hint?: Wording): Found {
  return {
    ok: false,
    diagnostics: [record({ severity: "error", code, message, hint })],
  };
}

async function available(work: () => Promise<Found>): Promise<Found> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SinkUnavailable)) throw error;
    return refused("credentials/unavailable", wordingOf(error));
  }
}
