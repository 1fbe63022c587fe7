import type { Address } from "../../model/address.ts";
import type { Checked } from "../../model/diagnostic.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Readings } from "../../model/snapshot/readings.ts";
import { plan } from "../../plan/plan.ts";
import { dayIn } from "../plan/day.ts";
import { byDeclaration } from "../plan/observe.ts";
import { makePlanInput, type PlanQuestion, type ReadInput } from "../plan/plan-input.ts";
import { notPlanned } from "../plan/read-for-plan.ts";
import type { Policing } from "../project/policy.ts";
import type { Project, SnapshotUse, View } from "../project/project.ts";
import { foundedFor, otherAccount } from "../project/ready.ts";
import { readProposals } from "../settle/read-proposals.ts";
import { beginReading } from "../settle/waited.ts";
import { observedBy, type Reading, readMissing, readTouched, readWhole } from "./read-account.ts";
import { currentSnapshot } from "./current-snapshot.ts";
import { ageOfReadings, readOldest, uncertainCounts } from "./readings.ts";
import { changedManifests, recordManifests } from "./manifests.ts";
import { dropWritten, touchedBy } from "./touched.ts";

/** A plan, what it was made from, and how old its readings are. */
export interface PlannedFromSnapshot extends ReadInput {
  readonly made: Plan;
  readonly readings: Readings;
}

/**
 * Plans by a snapshot of the account. Everything that the plan says something about is read anew,
 * and planned again, until nothing of it rests on the snapshot. Stores what was read.
 */
export async function planFromSnapshot(
  project: Project,
  view: View,
  question: PlanQuestion & {
    readonly use: SnapshotUse;
    readonly policies: Policing | undefined;
  },
): Promise<Checked<PlannedFromSnapshot>> {
  const { desired, use } = question;
  try {
    // Taken before reading: entries that are written later may not be visible in the readings.
    const [now, state] = [view.now(), await view.state()];
    const timing = beginReading(view);
    const account = await view.reader.account(view.signal);
    const foreign = otherAccount(state, foundedFor(project, view, account.id));
    if (foreign) return { ok: false, diagnostics: [foreign] };
    const proposals = await readProposals(view.reader, state, view.signal);
    const { snapshot, written } = await currentSnapshot(view, {
      ...use,
      account: account.id,
      state,
    });
    const reading: Reading = {
      ...{ project, view, snapshot, state },
      desired: desired.value,
      ...{ fresh: new Set(), queries: 0, isWhole: snapshot.lists.size === 0 },
    };
    const touched = await startReading(reading, written, use);
    for (;;) {
      const observation = { account, ...byDeclaration(project.kinds, observedBy(reading)) };
      const read = await makePlanInput(project, view, {
        ...question,
        ...{ now, state, proposals, observation, scope: undefined, known: undefined },
        waited: timing().waited,
        asOf: question.asOf ?? dayIn(project.settings, now),
        hypothetical: question.asOf !== undefined,
        most: uncertainCounts(reading),
      });
      if (!read.ok) return read;
      const made = plan(read.value.input);
      if (await isSettled(reading, { made, touched })) {
        recordManifests(reading);
        if (reading.queries > 0) await use.store.save(snapshot, state);
        const readings = ageOfReadings(reading, use);
        return { ...read, value: { ...read.value, made, readings } };
      }
    }
  } catch (error) {
    return notPlanned(desired, error);
  }
}

/**
 * Reads what the snapshot cannot speak for, then the oldest of what is too old. Returns the
 * addresses that were read anew.
 */
async function startReading(
  reading: Reading,
  written: ReadonlySet<Address>,
  use: SnapshotUse,
): Promise<Set<Address>> {
  const { project, desired, snapshot, state } = reading;
  const declared = new Set(desired.resources.map((one) => one.address));
  const undeclared = [...written].filter((one) => !declared.has(one));
  dropWritten(project, snapshot, { written: undeclared, ids: state.ids });
  const touched = new Set<Address>(
    reading.isWhole
      ? declared
      : [...[...written].filter((one) => declared.has(one)), ...changedManifests(reading)],
  );
  await readMissing(reading);
  if (!reading.isWhole) {
    await readTouched(reading, touched);
    await readOldest(reading, use);
  }
  return touched;
}

/**
 * Whether everything that a plan says rests on readings of this run. If not, reads it anew, and
 * adds it to `touched`.
 */
async function isSettled(
  reading: Reading,
  { made, touched }: { readonly made: Plan; readonly touched: Set<Address> },
): Promise<boolean> {
  if (reading.isWhole) return true;
  const declared = new Set(reading.desired.resources.map((one) => one.address));
  const about = touchedBy(made, declared);
  if (about === undefined || made.tripped.length > 0) {
    await readWhole(reading);
    reading.isWhole = true;
    return false;
  }
  const more = about.filter((one) => !touched.has(one));
  if (more.length === 0) return true;
  for (const one of more) touched.add(one);
  await readTouched(reading, new Set(more));
  return false;
}
