import type { Times } from "../../../model/adapter.ts";
import type { Transport } from "./transport.ts";

/**
 * Starts tracking a service's clock. The returned function returns the earliest and latest response
 * time since then, or undefined if no response had a Date.
 */
export type ServiceClock = () => () => Times | undefined;

/**
 * Wraps a transport to track the service's clock by the Date headers of responses. All hosts of one
 * service count as one clock.
 */
export function withServiceClock(transport: Transport): {
  readonly send: Transport;
  readonly clock: ServiceClock;
} {
  const listeners = new Set<WeakRef<Listener>>();
  const send: Transport = async (request) => {
    const response = await transport(request);
    const at = Date.parse(response.headers.date ?? "");
    for (const one of listeners) heard(one.deref() ?? listeners.delete(one), at);
    return response;
  };
  const clock: ServiceClock = () => {
    const listener: Listener = {};
    listeners.add(new WeakRef(listener));
    return () => listener.times;
  };
  return { send, clock };
}

interface Listener {
  times?: Times;
}

function heard(listener: Listener | boolean, at: number): void {
  if (typeof listener === "boolean" || Number.isNaN(at)) return;
  const { earliest = at, latest = at } = listener.times ?? {};
  listener.times = { earliest: Math.min(earliest, at), latest: Math.max(latest, at) };
}
