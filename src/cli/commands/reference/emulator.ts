import {
  defaultApplication,
  type EmulatorOptions,
  firstRefreshToken,
  givenFaults,
  givenQuirks,
  startEmulator,
  tenant,
  Unusable,
} from "../../../emulator/emulator.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { didYouMean } from "../../../model/text/similar.ts";
import type { EmulatorAccess } from "../../../report/document.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { interruption } from "../../output/signals.ts";
import type { FlagsOf, Option } from "../../parse/option.ts";
import { wrong } from "../../parse/options.ts";

const options = [
  {
    flag: "--port",
    value: "number",
    description: "where to listen (default: 8021; 0 for a free one)",
  },
  {
    flag: "--data",
    value: "file",
    values: "file",
    description: "keep the account in this file (default: in memory)",
  },
  {
    flag: "--seed",
    value: "text",
    description: "the same seed gives the same ids and the same chance",
  },
  { flag: "--latency", value: "milliseconds", description: "how long each answer takes" },
  {
    flag: "--faults",
    value: "probability|file",
    values: "file",
    description: "what goes wrong: a probability (0.02), or a JSON list",
  },
  {
    flag: "--quirks",
    value: "none|file",
    values: "file",
    description: "the service's surprises: none of them, or a JSON file of those to set",
  },
  { flag: "--sandbox", description: "an integration sandbox, with its limits" },
] as const satisfies readonly Option[];

/** `partnerctl emulator`, described. */
export const emulatorCommand: Command = {
  name: "emulator",
  group: "reference",
  summary: "run a Partner Center on this machine",
  options,
  exits: { 0: "stopped", 1: wrong },
  examples: [
    "partnerctl emulator",
    "partnerctl emulator --data account.jsonl --faults 0.02 --seed 7",
  ],
  shows: ["emulator"],
  load: () => import("./emulator.ts"),
};

/** Runs a Partner Center on this machine until it is interrupted. */
export async function run({ flags, terminal }: Invocation<typeof options>): Promise<number> {
  try {
    const wrong = wrongNumber(flags);
    if (wrong !== undefined) return terminal.refuse("emulator/unusable", wrong);
    const emulator = await startEmulator(optionsOf(flags));
    terminal.show({ kind: "emulator", emulator: accessTo(emulator.url) });
    const signal = interruption(() => terminal.remark(say`Stopping.`));
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    await emulator.close();
    return exitStatus.done;
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    const { message, unknown } = error;
    const hint = unknown && didYouMean(unknown.typed, unknown.known);
    return terminal.refuse("emulator/unusable", message, hint);
  }
}

/** Where it listens unless told otherwise, so that settings can name it. */
const usualPort = "8021";

function optionsOf({
  port = usualPort,
  data,
  seed,
  latency,
  faults,
  quirks,
  sandbox,
}: FlagsOf<typeof options>): EmulatorOptions {
  return {
    port: Number(port),
    ...(latency !== undefined && { latency: Number(latency) }),
    ...(data !== undefined && { data }),
    ...(seed !== undefined && { seed }),
    ...(faults !== undefined && { faults: givenFaults(faults) }),
    ...(quirks !== undefined && { quirks: givenQuirks(quirks) }),
    ...(sandbox && { sandbox }),
  };
}

function wrongNumber({ port, latency }: FlagsOf<typeof options>): Wording | undefined {
  const given = [
    ["--port", port, 65_535],
    ["--latency", latency, 600_000],
  ] as const;
  const wrong = given.find(
    ([, text = "0", greatest]) => !/^\d+$/.test(text) || Number(text) > greatest,
  );
  if (wrong === undefined) return undefined;
  const [flag, text = "", greatest] = wrong;
  return say`${flag} ${text}: expected a whole number from 0 to ${greatest}.`;
}

function accessTo(url: string): EmulatorAccess {
  const { clientId, clientSecret } = defaultApplication;
  return {
    url,
    tenant: tenant.domain,
    tenantId: tenant.id,
    clientId,
    clientSecret,
    refreshToken: firstRefreshToken,
  };
}
