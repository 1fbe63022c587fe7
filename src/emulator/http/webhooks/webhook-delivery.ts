import { sign } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Write } from "../../account/transaction.ts";
import { type SelfSigned, selfSigned } from "../../certificate.ts";
import type { Emulation } from "../../runtime.ts";
import { isLoopback } from "../sign-in/audience.ts";
import { certificatePath, type Happening, happenings } from "./webhook-events.ts";

/** Delivers events to the registered webhook. */
export interface Callbacks {
  /** The certificate (PEM) for verifying the signatures of events. Created on first use. */
  certificate(): string;
  /** Stops all deliveries. */
  close(): void;
}

/** The registered webhook, as returned to the client. */
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

/**
 * Sends the events of each saved write to the registered URL, until the response is 2xx or the
 * attempts are used up. `origin` returns the emulator's own base URL.
 */
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
      const { status, statusText } = await fetch(to.WebhookUrl, {
        method: "POST",
        headers,
        body,
        redirect: "manual",
        signal,
      });
      return {
        responseCode: String(status),
        responseMessage: statusText,
        systemError: false,
        dateTimeUtc,
      };
    } catch (error) {
      return {
        responseCode: "",
        responseMessage: error instanceof Error ? error.message : String(error),
        systemError: true,
        dateTimeUtc,
      };
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
    const to = emulation.read({}, (transaction) => transaction.get("webhooks", "registration")) as
      | Registration
      | undefined;
    if (to === undefined || !(emulation.quirks.webhooks.elsewhere || isLoopback(to.WebhookUrl)))
      return;
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

/** The outcome of one attempt, as returned for a test event. */
interface Result {
  readonly responseCode: string;
  readonly responseMessage: string;
  readonly systemError: boolean;
  readonly dateTimeUtc: string;
}

/** Saves the outcome of a test event. Outcomes of other events are not saved. */
function record(
  emulation: Emulation,
  { to, happening: { correlationId } }: Delivery,
  results: readonly Result[],
): void {
  if (correlationId === undefined) return;
  const taken = results.some(({ responseCode }) => /^2/.test(responseCode));
  emulation.write({}, (transaction) => {
    const asked = transaction.get("webhooks", correlationId);
    if (asked === undefined) return;
    transaction.put("webhooks", correlationId, {
      ...asked,
      status: taken ? "completed" : "failed",
      callbackUrl: to.WebhookUrl,
      results,
    });
  });
}
