import { say } from "../../../model/text/phrase.ts";
import { objectsInEvent } from "../../../operations/snapshot/events.ts";
import { refresh } from "../../../operations/snapshot/refresh.ts";
import { readText } from "../../files/text-file.ts";
import { exitStatus, statusOf } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { secondsOf } from "../../parse/duration.ts";
import type { Option } from "../../parse/option.ts";
import { unreachable, wrong } from "../../parse/options.ts";
import { snapshotStore } from "../../files/snapshot.ts";
import { inAccount } from "../../project/workspace.ts";

const options = [
  {
    flag: "--max-age",
    value: "age",
    shape: "duration",
    description: "keep what was read less long ago than this (30m, 12h; default: read everything)",
  },
  {
    flag: "--requests",
    value: "number",
    shape: "count",
    description: "stop after so many requests; the next refresh goes on from there",
  },
  {
    flag: "--budget",
    value: "rate",
    description: "send no more requests a minute than this: 300/min",
  },
  {
    flag: "--event",
    value: "file",
    values: "file",
    description:
      "read first what this event of Partner Center (JSON) names; its addresses are not called",
  },
] as const satisfies readonly Option[];

/** The `partnerctl refresh` command. */
export const refreshCommand: Command = {
  name: "refresh",
  group: "account",
  summary: "read the account into the snapshot that plans use, the oldest readings first",
  options,
  exits: { 0: "read", 1: wrong, 2: "something is left to read", 7: unreachable },
  examples: [
    "partnerctl refresh",
    "partnerctl refresh --max-age 6h --budget 300/min",
    "partnerctl refresh --event event.json --requests 100",
  ],
  shows: ["refresh"],
  load: () => import("./refresh.ts"),
};

/** Reads the account, and stores nothing but what was read. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { flags, terminal } = invocation;
  const { budget, event, requests, maxAge } = flags;
  const rate = budget === undefined ? undefined : /^([1-9]\d{0,5})\/min$/.exec(budget)?.[1];
  if (budget !== undefined && rate === undefined)
    return terminal.refuse(
      "usage/invalid-value",
      say`--budget ${budget} is no rate.`,
      say`Write the requests a minute, such as 300/min.`,
    );
  const read = event === undefined ? undefined : readText(event);
  if (read && !read.ok) {
    terminal.diagnostics(read.diagnostics);
    return statusOf(read.diagnostics);
  }
  const named = read && objectsInEvent(parsed(read.value));
  if (read && !named)
    return terminal.refuse(
      "usage/invalid-value",
      say`${event ?? ""} names no object.`,
      say`Give the JSON of an event as Partner Center sends it, with its ResourceUri.`,
    );
  return inAccount(invocation, async (workspace, { view }) => {
    const { project } = workspace;
    const store = snapshotStore(workspace);
    if (!store)
      return terminal.refuse(
        "snapshot/no-key",
        say`The snapshot is sealed with the ledger's key, which is not known here.`,
        say`Give it as the settings' ledger.key says; a new project has it after its first apply.`,
      );
    const done = await refresh(project, view, {
      store,
      maxAge: maxAge === undefined ? 0 : secondsOf(maxAge, project.settings) * 1000,
      ...(requests !== undefined && { requests: Number(requests) }),
      ...(rate !== undefined && { perMinute: Number(rate) }),
      ...(named && { named }),
    });
    if (!done.ok) {
      terminal.diagnostics(done.diagnostics);
      return statusOf(done.diagnostics);
    }
    terminal.aside(done.diagnostics);
    terminal.show({ kind: "refresh", refresh: done.value });
    return done.value.left > 0 ? exitStatus.pending : exitStatus.done;
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
