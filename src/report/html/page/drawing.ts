import { html, type Markup, type Piece } from "./markup.ts";

/** A drawing that is readable without script, in print and by a screen reader. */
export interface Drawing {
  /** Unique within the page. */
  readonly id: string;
  readonly title: string;
  /** What there is to see, in words. The table beside it has the details. */
  readonly description: string;
  readonly height: number;
  readonly content: Piece;
}

/** The width of every drawing in its own units. */
export const drawingWidth = 640;

/** Renders a drawing as inline SVG. */
export function renderDrawing({ id, title, description, height, content }: Drawing): Markup {
  return html`<svg class="drawing" viewBox="0 0 ${drawingWidth} ${height}" role="img" aria-labelledby="${id}-name ${id}-words"><title id="${id}-name">${title}</title><desc id="${id}-words">${description}</desc>
${content}</svg>
`;
}

/** A bar of a chart. `size` may be negative; `label` is written at its end. */
export interface Bar {
  readonly name: string;
  readonly size: number;
  readonly label: string;
}

const line = 24;
const nameWidth = 200;
const labelWidth = 130;

/** Horizontal bars with names and labels, one below the other, to the same scale. */
export function renderBars(
  all: readonly Bar[],
  about: Omit<Drawing, "height" | "content">,
): Markup {
  const most = Math.max(1, ...all.map(({ size }) => Math.abs(size)));
  const room = drawingWidth - nameWidth - labelWidth;
  const content = all.map(({ name, size, label }, index) => {
    const width = Math.round((Math.abs(size) / most) * room);
    const y = index * line;
    return html`<text x="${nameWidth - 8}" y="${y + 16}" text-anchor="end">${shortened(name)}</text><rect class="${size < 0 ? "less" : "more"}" x="${nameWidth}" y="${y + 4}" width="${Math.max(1, width)}" height="${line - 8}"/><text x="${nameWidth + width + 6}" y="${y + 16}">${label}</text>
`;
  });
  return renderDrawing({ ...about, height: all.length * line + 4, content });
}

/** A line of a timeline: until which part of the time it goes (0 to 1), and how it ends. */
export interface Span {
  readonly name: string;
  readonly part: number;
  readonly label: string;
  readonly tone: "good" | "bad" | "caution";
}

/** A timeline: one line for each span, from now to its end. */
export function renderTimeline(
  all: readonly Span[],
  about: Omit<Drawing, "height" | "content">,
): Markup {
  const room = drawingWidth - nameWidth - labelWidth;
  const content = all.map(({ name, part, label, tone }, index) => {
    const x = nameWidth + Math.round(Math.min(1, Math.max(0, part)) * room);
    const y = index * line + line / 2;
    return html`<text x="${nameWidth - 8}" y="${y + 4}" text-anchor="end">${shortened(name)}</text><line x1="${nameWidth}" x2="${x}" y1="${y}" y2="${y}"/><circle class="${tone}" cx="${x}" cy="${y}" r="5"/><text x="${x + 10}" y="${y + 4}">${label}</text>
`;
  });
  return renderDrawing({ ...about, height: all.length * line + 4, content });
}

function shortened(name: string): string {
  const characters = [...name];
  return characters.length > 26 ? `…${characters.slice(-25).join("")}` : name;
}
