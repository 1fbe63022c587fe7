import { sign } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Write } from "../../account/transaction.ts";
import { type SelfSigned, selfSigned } from "../../certificate.ts";
import type { Emulation } from "../../runtime.ts";
import { isLoopback } from "../sign-in/audience.ts";
import { certificatePath, type Happening, happenings } from "./webhook-events.ts";

/** Who tells the registered URL what has happened. */
export interface Callbacks {
  /** The certificate that events are signed under, PEM; made when it is first needed. */
  certificate(): string;
  /** Gives up what is still to be delivered. */
  close(): void;
}

/** What was registered. */
export interface Registration {
  readonly WebhookUrl: string;
  readonly WebhookEvents: readonly string[];
  readonly SignatureTokenToMsSignatureHeader?: boolean;
}

interface Delivery {
  readonly to: Registration;
  readonly happening: Happening;
  readonly body: string;
}

const patience = 10_000;

/** Delivers each event that follows from what is written, over and over until it is taken or the attempts are used up. `origin` is where this emulator is reached. */
export function callbacks(emulation: Emulation, origin: () => string): Callbacks {
  const closing = new AbortController();
  let identity: SelfSigned | undefined;
  const own = (): SelfSigned => {
    identity ??= selfSigned({ organization: "Not Microsoft", commonName: "partnerctl emulator" });
    return identity;
  };

  async function attempt({ to, body }: Delivery): Promise<Result> {
    const signature = `${sign("sha256", Buffer.from(body), own().privateKey).toString("base64")}`;
    const name = to.SignatureTokenToMsSignatureHeader ? "x-ms-signature" : "Authorization";
    const headers = {
      "Content-Type": "application/json",
      [name]: `Signature ${signature}`,
      "X-MS-Certificate-Url": `${origin()}${certificatePath}`,
      "X-MS-Signature-Algorithm": "rsa-sha256",
    };
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(patience)]);
    const dateTimeUtc = new Date(emulation.now()).toISOString();
    try {
      const { status, statusText } = await fetch(to.WebhookUrl, { method: "POST", headers, body, redirect: "manual", signal });
      return { responseCode: String(status), responseMessage: statusText, systemError: false, dateTimeUtc };
    } catch (error) {
      return { responseCode: "", responseMessage: error instanceof Error ? error.message : String(error), systemError: true, dateTimeUtc };
    }
  }

  async function send(delivery: Delivery): Promise<void> {
    const { attempts, seconds } = emulation.quirks.webhooks;
    const results: Result[] = [];
    while (!closing.signal.aborted && results.length < attempts) {
      if (results.length > 0) await delay(seconds * 1000, undefined, { signal: closing.signal });
      const result = await attempt(delivery);
      results.push(result);
      if (/^2/.test(result.responseCode)) break;
    }
    if (!closing.signal.aborted) record(emulation, delivery, results);
  }

  const notice = (writes: readonly Write[]): void => {
    const to = emulation.read({}, (transaction) => transaction.get("webhooks", "registration")) as Registration | undefined;
    if (to === undefined || !(emulation.quirks.webhooks.elsewhere || isLoopback(to.WebhookUrl))) return;
    for (const happening of happenings(writes, emulation.now()))
      if (to.WebhookEvents.includes(happening.event.EventName))
        send({ to, happening, body: JSON.stringify(happening.event) }).catch(() => {});
  };
  emulation.watchers.add(notice);
  return {
    certificate: () => own().certificate,
    close: () => {
      emulation.watchers.delete(notice);
      closing.abort();
    },
  };
}

/** How one attempt ended, as the validation of a registration tells. */
interface Result {
  readonly responseCode: string;
  readonly responseMessage: string;
  readonly systemError: boolean;
  readonly dateTimeUtc: string;
}

/** What became of a test event can be asked for; of the others nothing is kept. */
function record(emulation: Emulation, { to, happening: { correlationId } }: Delivery, results: readonly Result[]): void {
  if (correlationId === undefined) return;
  const taken = results.some(({ responseCode }) => /^2/.test(responseCode));
  emulation.write({}, (transaction) => {
    const asked = transaction.get("webhooks", correlationId);
    if (asked === undefined) return;
    transaction.put("webhooks", correlationId, { ...asked, status: taken ? "completed" : "failed", callbackUrl: to.WebhookUrl, results });
  });
}
