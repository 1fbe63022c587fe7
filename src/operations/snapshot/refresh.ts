import type { Checked } from "../../model/diagnostic.ts";
import type { Refreshed } from "../../model/generated/documents.ts";
import { say } from "../../model/text/phrase.ts";
import { readQueries } from "../plan/observe.ts";
import { backendTrouble } from "../project/backend-diagnostic.ts";
import type { Project, SnapshotStore, View } from "../project/project.ts";
import { foundedFor, otherAccount } from "../project/ready.ts";
import { validate } from "../project/validate.ts";
import { currentSnapshot } from "./current-snapshot.ts";
import { forgetObjects, type NamedObject } from "./events.ts";
import { dropChanged, recordManifests } from "./manifests.ts";
import { type Reading, recorder } from "./read-account.ts";
import { datedReadings, oldReadings, countSpent } from "./readings.ts";
import { dropWritten } from "./touched.ts";

/** What to refresh, and at what price. */
export interface RefreshOptions {
  readonly store: SnapshotStore;
  /** Milliseconds. What was read later than that long ago is kept. */
  readonly maxAge: number;
  /** The most requests to send in all. */
  readonly requests?: number;
  /** The most requests to send in any minute, on average. */
  readonly perMinute?: number;
  /** Objects that an event named: they are read first. */
  readonly named?: readonly NamedObject[];
}

/** The requests after which the snapshot is stored, so that a killed run loses little. */
const storedEach = 100;

/**
 * Reads an account into its snapshot, the oldest readings first, until none is too old or no
 * request is left. What was read stays when it is interrupted. Writes nothing else.
 */
export async function refresh(
  project: Project,
  view: View,
  options: RefreshOptions,
): Promise<Checked<Refreshed>> {
  const desired = await validate(project);
  if (!desired.ok) return desired;
  try {
    const state = await view.state();
    const account = await view.reader.account(view.signal);
    const foreign = otherAccount(state, foundedFor(project, view, account.id));
    if (foreign) return { ok: false, diagnostics: [foreign] };
    const { snapshot, written } = await currentSnapshot(view, {
      store: options.store,
      account: account.id,
      state,
    });
    const reading: Reading = {
      ...{ project, view, snapshot, state, fresh: new Set(), queries: 0, isWhole: false },
      desired: desired.value,
    };
    dropWritten(project, snapshot, { written, ids: state.ids });
    dropChanged(reading);
    forgetObjects(reading, options.named ?? []);
    recordManifests(reading);
    const value = await readInTurn(reading, options);
    return { ok: true, value, diagnostics: desired.diagnostics };
  } catch (error) {
    const message = say`The account could not be read to its end. What was read is kept.`;
    return { ok: false, diagnostics: [...desired.diagnostics, backendTrouble(error, message)] };
  }
}

/** Reads what is due until nothing is, and stores it from time to time. */
async function readInTurn(reading: Reading, options: RefreshOptions): Promise<Refreshed> {
  const { project, snapshot, state } = reading;
  const { store, requests = Number.POSITIVE_INFINITY, perMinute } = options;
  const { parallelism } = project.settings;
  const spent = countSpent(reading);
  const pace = paceOf(reading, perMinute);
  let stored = 0;
  let parts = 0;
  let due = oldReadings(reading, options.maxAge);
  try {
    while (due.length > 0 && spent() < requests) {
      // New objects may have turned up in a list: then there is more to read than there was.
      const next = due.slice(0, parallelism);
      await readQueries(
        reading.view,
        next.map(({ query }) => query),
        { parallelism, onRead: recorder(reading) },
      );
      parts += next.length;
      const isList = next.some(({ query }) => query.parentId === undefined && !query.only);
      due = isList ? oldReadings(reading, options.maxAge) : due.slice(next.length);
      if (spent() - stored >= storedEach) {
        await store.save(snapshot, state);
        stored = spent();
      }
      await pace(spent());
    }
  } finally {
    await store.save(snapshot, state);
  }
  const [oldest] = datedReadings(reading);
  return {
    requests: spent(),
    parts,
    left: due.length,
    oldest: oldest?.at === "" ? undefined : oldest?.at,
  };
}

/** Waits until so many requests may have been sent. */
function paceOf(
  { view: { clock, signal } }: Reading,
  perMinute: number | undefined,
): (requests: number) => Promise<void> {
  const began = clock.monotonic();
  return async (requests) => {
    if (perMinute === undefined) return;
    const due = began + (requests / perMinute) * 60_000;
    const wait = due - clock.monotonic();
    if (wait > 0) await clock.sleep(wait, signal);
  };
}
