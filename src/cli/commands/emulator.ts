import {
  defaultApplication,
  type EmulatorOptions,
  firstRefreshToken,
  givenFaults,
  givenQuirks,
  startEmulator,
  tenant,
  Unusable,
} from "../../emulator/emulator.ts";
import { say } from "../../model/text/say.ts";
import type { Invocation } from "../parse/command.ts";
import { exitStatus } from "../output/exit-status.ts";
import type { Flags } from "../parse/flags.ts";
import { interruption } from "../output/signals.ts";

/** Runs a Partner Center on this machine until it is interrupted. */
export async function run({ flags, terminal }: Invocation): Promise<number> {
  try {
    const emulator = await startEmulator(optionsOf(flags));
    terminal.told(described(emulator.url, flags.format));
    const signal = interruption(() => terminal.remark(say`Stopping.`));
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    await emulator.close();
    return exitStatus.done;
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    terminal.problem(say`Error: ${error.message}`);
    return exitStatus.error;
  }
}

/** Where it listens unless told otherwise, so that settings can name it. */
const usualPort = "8021";

function optionsOf({ port = usualPort, data, seed, latency, faults, quirks, sandbox }: Flags): EmulatorOptions {
  return {
    port: number("--port", port, 65_535),
    ...(latency !== undefined && { latency: number("--latency", latency, 600_000) }),
    ...(data !== undefined && { data }),
    ...(seed !== undefined && { seed }),
    ...(faults !== undefined && { faults: givenFaults(faults) }),
    ...(quirks !== undefined && { quirks: givenQuirks(quirks) }),
    ...(sandbox && { sandbox }),
  };
}

function number(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most) throw new Unusable(say`${flag} ${text}: expected a whole number from 0 to ${most}`);
  return value;
}

function described(url: string, format: Flags["format"]): string {
  const { clientId, clientSecret } = defaultApplication;
  const known = { url, tenant: tenant.domain, tenantId: tenant.id, clientId, clientSecret, refreshToken: firstRefreshToken };
  if (format === "json") return JSON.stringify(known);
  const lines = [
    say`A Partner Center listens on ${url} (sign-in, Partner Center and Graph alike). It is not Microsoft's.`,
    say`  tenant         ${tenant.domain}`,
    say`  tenant id      ${tenant.id}`,
    say`  client id      ${clientId}`,
    say`  client secret  ${clientSecret}`,
    say`  refresh token  ${firstRefreshToken}`,
    say`  control        ${url}/_emulator/ (clock, faults, quirks, requests, account)`,
    say`Where adapters.partner-center names it as api, authority and graph, tokens go there with PARTNERCTL_ALLOWED_HOSTS=${new URL(url).host}.`,
  ];
  return lines.join("\n");
}
