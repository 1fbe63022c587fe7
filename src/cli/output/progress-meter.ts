import { say } from "../../model/text/phrase.ts";
import type { Progress } from "../../operations/project/project.ts";
import type { Style } from "../../report/report.ts";
import { progressLine } from "../../report/text/progress.ts";
import { writeAside } from "./streams.ts";

interface Meter {
  show(event: Progress): void;
  clear(): void;
}

const millisecondsBetween = { rewritten: 100, written: 5000 };

/**
 * Shows progress: one rewritten line on a terminal, otherwise a line every few seconds. Nothing if
 * quiet.
 */
export function progressMeter(quiet: boolean, style: Style): Meter {
  const { stderr } = process;
  const rewritten = stderr.isTTY === true;
  const pause = rewritten ? millisecondsBetween.rewritten : millisecondsBetween.written;
  const started = Date.now();
  let last = started;
  let shown = false;
  return {
    show(event) {
      const now = Date.now();
      if (quiet || now - last < pause) return;
      last = now;
      const line = lineOf(event, now - started, style);
      writeAside(rewritten ? `\r\u001b[2K${line}` : `${line}\n`);
      shown = rewritten;
    },
    clear() {
      if (shown) writeAside("\r\u001b[2K");
      shown = false;
    },
  };
}

/** The phases, as translatable texts. */
const phases: Readonly<Record<Progress["phase"], string>> = {
  reading: say`reading`,
  applying: say`applying`,
  settling: say`settling`,
};

function lineOf({ phase, ...progress }: Progress, elapsedMs: number, style: Style): string {
  return progressLine({ ...progress, elapsedMs, what: phases[phase] }, style);
}
