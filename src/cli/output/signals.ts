/**
 * Returns a signal that aborts on the first SIGINT or SIGTERM, after calling `say`. The second one
 * exits the process at once.
 */
export function interruption(say: () => void): AbortSignal {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(signal === "SIGTERM" ? 143 : 130);
    say();
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return controller.signal;
}
