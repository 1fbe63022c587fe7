import { isMasked } from "./mask.ts";
import { maskedDocument } from "./mask-document.ts";
import { type Format, render, type Report } from "./report.ts";
import { renderText } from "./text/index.ts";

/**
 * Completes a format: shows kinds that it cannot render as text. The only place that masks personal
 * data: renderers receive data that is already masked.
 */
export function complete({ name, shared, renderers, otherwise = renderText }: Format): Report {
  return {
    name,
    show(document, given) {
      const masked = isMasked(given, shared ?? false);
      const style = { ...given, personal: masked ? ("masked" as const) : ("shown" as const) };
      const shown = masked ? maskedDocument(document) : document;
      return render(renderers, shown, style) ?? otherwise(shown, style);
    },
  };
}
