// The names that the project's ledger and repository hold.
import type { Entry } from "../../model/ledger/ledger.ts";
import { attestations, foldAll, maintenance, runs } from "../../model/ledger/ledger-state.ts";
import { addressesIn } from "../../model/ledger/select-history.ts";
import { unsettledIn } from "../../operations/settle/open-outcomes.ts";
import { knownInvoices } from "../../store/cache/known-invoices.ts";
import { namesIn } from "../../store/git/git-trouble.ts";
import { openLedger } from "../../store/ledger/index.ts";
import { openProject, type Workspace } from "../project/project.ts";

/** The values of the line's options, by flag. */
export type GivenValues = ReadonlyMap<string, string>;

/** The ids of the runs, and the addresses of what they changed; before them may stand a file. */
export async function recordedNames(given: GivenValues): Promise<readonly string[]> {
  const all = historyOf(await entries(given));
  return [...all.runs.map(({ run }) => run), ...addressesIn(all), ":file"];
}

/** The changes whose outcome is not known. */
export async function openChanges(given: GivenValues): Promise<readonly string[]> {
  return unsettledIn(foldAll(await entries(given))).map(({ change }) => change);
}

/** The people in the ledger. */
export async function actors(given: GivenValues): Promise<readonly string[]> {
  const { runs, attestations, maintenance } = historyOf(await entries(given));
  return [...new Set([...runs, ...attestations, ...maintenance].map(({ actor }) => actor))];
}

/** The ids of the invoices that were listed last: to ask the backend would take a sign-in. */
export async function invoices(given: GivenValues): Promise<readonly string[]> {
  const opened = await workspace(given);
  return opened === undefined ? [] : knownInvoices(opened.root, given.get("--env"));
}

/** The branches and tags of the project's repository. */
export async function revisions(given: GivenValues): Promise<readonly string[]> {
  const opened = await workspace(given);
  return opened === undefined ? [] : namesIn(opened.root);
}

function historyOf(entries: readonly Entry[]) {
  return {
    runs: runs(entries),
    attestations: attestations(entries),
    maintenance: maintenance(entries),
  };
}

/** The entries of a ledger in a file. One on a branch would be fetched with every key pressed. */
async function entries(given: GivenValues): Promise<readonly Entry[]> {
  const opened = await workspace(given);
  if (opened === undefined || opened.project.settings.ledger.type !== "file") return [];
  const { root, project } = opened;
  const found: Entry[] = [];
  const ledger = openLedger(project.settings.ledger, { root, now: () => new Date() });
  for await (const entry of ledger.entries()) found.push(entry);
  return found;
}

async function workspace(given: GivenValues): Promise<Workspace | undefined> {
  const [project, env] = [given.get("--project"), given.get("--env")];
  const flags = { format: "text", ...(project && { project }), ...(env && { env }) };
  const opened = await openProject(flags, "", { secretless: true });
  return opened.ok ? opened.value : undefined;
}
