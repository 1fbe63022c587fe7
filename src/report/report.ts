import type { DocumentKind, DocumentOf, ReportDocument } from "./document.ts";
import type { Language } from "./language/language.ts";

/** How to render a report. The caller provides the terminal's properties. */
export interface Style {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Maximum size of a Markdown report in bytes. Default: 60,000. */
  readonly limit?: number;
  /** The reader's language. Default: English. */
  readonly language?: Language;
  /** Whether to show personal data. By default, formats meant for sharing mask it. */
  readonly personal?: "shown" | "masked";
  /**
   * The project's folder in its repository, with a slash at the end. It prefixes file paths in
   * reports for pipelines.
   */
  readonly folder?: string;
  /** Show all changes and unmanaged objects, and ids beside names. */
  readonly verbose?: boolean;
}

/**
 * The default limit of a Markdown report in bytes: GitHub accepts 65,536 characters per comment.
 */
export const defaultLimit = 60_000;

/**
 * Functions that render documents, by kind. Each returns complete lines, prints nothing and does
 * not throw on a valid document.
 */
export type Renderers = {
  readonly [Kind in DocumentKind]: (document: DocumentOf<Kind>, style: Style) => string;
};

/** A format's implementation. It must render diagnostics, and the other kinds that suit it. */
export interface Format {
  readonly name: string;
  /** Meant for other readers: masks personal data by default. */
  readonly shared?: true;
  readonly renderers: Partial<Renderers> & Pick<Renderers, "diagnostics">;
  /** Renders kinds without a renderer. If omitted, the format cannot show them. */
  readonly otherwise?: (document: ReportDocument, style: Style) => string;
}

/** An output format that shows every document. */
export interface Report {
  readonly name: string;
  show(document: ReportDocument, style: Style): string;
}

/** Renders a document. Undefined if there is no renderer for its kind. */
export function render<Kind extends DocumentKind>(
  renderers: Partial<Renderers>,
  document: DocumentOf<Kind>,
  style: Style,
): string | undefined {
  return renderers[document.kind]?.(document, style);
}

/** Whether the format can show documents of this kind. */
export function canShow({ renderers, otherwise }: Format, kind: DocumentKind): boolean {
  return otherwise !== undefined || renderers[kind] !== undefined;
}
