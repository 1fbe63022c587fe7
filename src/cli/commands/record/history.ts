import { statSync } from "node:fs";
import type { RunRecord } from "../../../model/ledger/history.ts";
import type { Entry } from "../../../model/ledger/ledger.ts";
import { attestations, maintenance, runs } from "../../../model/ledger/ledger-state.ts";
import { addressesIn, isWithin, selectHistory } from "../../../model/ledger/select-history.ts";
import { say } from "../../../model/text/phrase.ts";
import { didYouMean } from "../../../model/text/similar.ts";
import type { History } from "../../../report/document.ts";
import type { StoredLedger } from "../../../store/ledger/chain/stored-ledger.ts";
import { verify } from "../../../store/ledger/index.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Terminal } from "../../output/terminal.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { wrong } from "../../parse/options.ts";
import { inLedger } from "../../project/workspace.ts";

const options = [
  {
    flag: "--from",
    value: "date",
    shape: "date",
    description: "what was begun on this day (UTC) or later, YYYY-MM-DD",
  },
  {
    flag: "--to",
    value: "date",
    shape: "date",
    description: "what was begun on this day (UTC) or earlier, YYYY-MM-DD",
  },
] as const satisfies readonly Option[];

/** The `partnerctl history` command. */
export const historyCommand: Command = {
  name: "history",
  group: "record",
  summary: "show what was done: fields, seats and money, by whom, approved by whom",
  arguments: [
    {
      name: "run",
      description:
        "one run, by its id or the start of it, or one object, by its address (default: all); before it may stand a ledger's file, which needs no project",
      repeated: true,
      values: "recorded",
    },
  ],
  options,
  exits: { 0: "shown", 1: wrong },
  examples: [
    "partnerctl history",
    "partnerctl history 4f2a --format json",
    "partnerctl history ledger.jsonl 4f2a",
    "partnerctl history Subscription/fabrikam/office-e3",
    "partnerctl history --actor li.wei@contoso.example --format csv > li-wei.csv",
    "partnerctl history --from 2026-01-01 --to 2026-03-31 --format html > first-quarter.html",
  ],
  shows: ["history", "run"],
  load: () => import("./history.ts"),
};

/**
 * Formats used as evidence. They include the ledger's verification, which reads the ledger a second
 * time.
 */
const evidence: readonly string[] = ["json", "html"];

/** Shows what was applied, by whom and from which plan. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { words, flags, terminal } = invocation;
  const { from, to } = flags;
  if (from !== undefined && to !== undefined && from > to)
    return terminal.refuse(
      "usage/contradiction",
      say`--from ${from} is after --to ${to}: there is no such period.`,
    );
  const [first = "", ...more] = words;
  const isFile =
    more.length > 0 ||
    first.endsWith(".jsonl") ||
    statSync(first, { throwIfNoEntry: false })?.isFile();
  const file = isFile ? first : undefined;
  const [wanted] = file === undefined ? words : more;
  const show = async (ledger: StoredLedger) => {
    const entries: Entry[] = [];
    for await (const entry of ledger.entries()) entries.push(entry);
    const all: Told = {
      runs: runs(entries),
      attestations: attestations(entries),
      maintenance: maintenance(entries),
    };
    const addresses = addressesIn(all);
    if (wanted !== undefined && !addresses.has(wanted))
      return oneRun(all.runs, { wanted, addresses }, terminal);
    const about = flags.actor ?? wanted;
    const told = {
      ...selectHistory(all, { ...flags, ...(wanted !== undefined && { address: wanted }) }),
      ...(about !== undefined && { about }),
    };
    const shown = await history(entries, ledger, { told, flags });
    terminal.show({ kind: "history", history: shown });
    return exitStatus.done;
  };
  return inLedger(invocation, show, file);
}

type Told = Pick<History, "runs" | "attestations" | "maintenance" | "about">;

interface Proving {
  readonly told: Told;
  readonly flags: Invocation<typeof options>["flags"];
}

async function history(
  entries: readonly Entry[],
  ledger: StoredLedger,
  { told, flags: { from, to, format } }: Proving,
): Promise<History> {
  const period = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const shown = { ...(Object.keys(period).length > 0 && { period }), ...told };
  if (!evidence.includes(format)) return shown;
  const marked = entries
    .filter(({ at }) => isWithin(at, period))
    .map(({ seq, at, hash }) => ({ seq, at, hash }));
  const [first, last] = [marked[0], marked.at(-1)];
  return { ...shown, proof: { ...(await verify(ledger)), ...(first && last && { first, last }) } };
}

function oneRun(
  all: readonly RunRecord[],
  { wanted, addresses }: { readonly wanted: string; readonly addresses: ReadonlySet<string> },
  terminal: Terminal,
): number {
  const found = all.filter(({ run }) => run.startsWith(wanted));
  const [one] = found;
  if (one && found.length === 1) {
    terminal.show({ kind: "run", run: one });
    return exitStatus.done;
  }
  if (found.length > 1) {
    const runs = found.map(({ run }) => run).join(", ");
    return terminal.refuse(
      "history/ambiguous",
      say`${wanted} is the start of ${found.length} runs: ${runs}.`,
    );
  }
  return terminal.refuse(
    "history/unknown",
    say`No run and no object is called ${wanted} in this ledger.`,
    didYouMean(
      wanted,
      [...addresses, ...all.map(({ run }) => run)],
      say`\`partnerctl history\` lists them all.`,
    ),
  );
}
