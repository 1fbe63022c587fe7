import type { Adapter } from "../../src/model/adapter.ts";
import type { OpenedProject } from "../operations/project-harness.ts";

/** At which write to the ledger a process crashes, and whether just before or just after it. */
export interface CrashPoint {
  readonly at: number;
  readonly written: boolean;
}

/** What is thrown where a process would be no more. */
export class SimulatedCrash extends Error {
  override readonly name = "Died";
}

/**
 * A project whose process crashes: from then on it writes nothing, to the ledger, the sink or the
 * account; what was sent may still be done.
 */
export function withCrash(
  { project, view, writers, open }: OpenedProject,
  death: CrashPoint,
): OpenedProject {
  const life = new AbortController();
  const living = () => life.signal.throwIfAborted();
  let writes = 0;
  const write: Adapter["write"] = async (change, context) => {
    living();
    return writers.adapter.write(change, {
      ...context,
      signal: AbortSignal.any([context.signal, life.signal]),
    });
  };
  const lease: typeof writers.lease = async (taking) => {
    const taken = await writers.lease(taking);
    if ("heldBy" in taken) return taken;
    const append: typeof taken.journal.append = async (events) => {
      living();
      writes += 1;
      const dies = writes === death.at;
      if (dies && !death.written) life.abort(new SimulatedCrash());
      living();
      await taken.journal.append(events);
      if (dies) life.abort(new SimulatedCrash());
      living();
    };
    const release = async () => (life.signal.aborted ? undefined : taken.release());
    return { journal: { ...taken.journal, append }, confirm: taken.confirm, release };
  };
  const sink = {
    ...writers.sink,
    deliver: async (credential: Parameters<typeof writers.sink.deliver>[0]) => {
      living();
      await writers.sink.deliver(credential);
    },
  };
  return {
    project,
    view,
    open,
    writers: { ...writers, adapter: { ...writers.adapter, write }, lease, sink },
  };
}
