import { compare, type Diagnostic } from "../../model/diagnostic.ts";
import { digest } from "../../model/values/digest.ts";
import type { Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import { say } from "../../model/text/phrase.ts";
import type { ParseCache, Source } from "../../model/source.ts";
import type { FieldProblem } from "../schema/problem.ts";
import { type CompileContext, versionOf } from "../context.ts";
import { type IdentifiedDocument, placeProblem } from "./entry.ts";
import { identify } from "./identify.ts";
import { nulls } from "../schema/nulls.ts";
import { layOver } from "./overlay.ts";
import { type ParsedFile, parse, trees } from "../read/parse.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { validate } from "../schema/validate.ts";
import type { Written } from "./layers.ts";
import { record } from "../../model/text/recorded.ts";

/** The documents of a manifest set, with their syntax and schema problems. */
export interface Assembled {
  readonly entries: readonly IdentifiedDocument[];
  /** All documents, including those whose address is unknown. */
  readonly documents: readonly Written[];
  readonly diagnostics: readonly Diagnostic[];
  /** False if a file could not be parsed, so its declarations are unknown. */
  readonly whole: boolean;
}

/** Parses all files, applies overlays and validates every document against its schema. */
export function assemble(sources: readonly Source[], context: CompileContext): Assembled {
  const kinds = new Map(context.kinds.map((kind) => [kind.name, kind]));
  const { cache } = context;
  const reading = { ...(cache && { cache }), version: versionOf(context), trees: trees() };
  const files = [...sources]
    .sort((left, right) => compare(left.path, right.path))
    .map((source) => parse(source, reading));
  const { documents, diagnostics } = layOver(files, kinds);
  const problems = [...files.flatMap((file) => file.diagnostics), ...diagnostics];
  const entries = documents.map((written) => examine(written, { kinds, problems, documents }));
  if (cache) store(entries, cache);
  return {
    entries: entries.filter(isEntry),
    documents,
    diagnostics: problems,
    whole: files.every((file) => !file.unreadable),
  };
}

interface Surroundings {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly problems: Diagnostic[];
  readonly documents: readonly Written[];
}

type Examined = IdentifiedDocument | Pick<IdentifiedDocument, "written" | "valid" | "digest">;

function examine(written: Written, { kinds, problems, documents }: Surroundings): Examined {
  const complaints = written.checked || !written.sound ? [] : complaintsOf(written, kinds);
  const identity = identify(written.value, kinds);
  const valid = written.sound && complaints.length === 0;
  if (complaints.length > 0) {
    const found = complaints.map((complaint) =>
      placeProblem(written, complaint, identity?.address),
    );
    for (const one of written.layers[0].file.overlay
      ? [unmatched(written, found, { kinds, documents })]
      : found)
      problems.push(one);
  }
  const own = valid ? (written.digest ?? digest(written.value)) : "";
  if (!identity) return { written, valid, digest: own };
  const { kind, name, parentName, address, parent } = identity;
  const document = written.value as Spec;
  return {
    kind,
    name,
    parentName,
    address,
    parent,
    written,
    document,
    absent: document.state === "absent",
    valid,
    digest: own,
  };
}

function complaintsOf(
  { value, layers }: Written,
  kinds: ReadonlyMap<string, Kind>,
): readonly FieldProblem[] {
  // A merge patch removes nulls from mappings but keeps them in lists.
  const left = layers.some(({ file }) => file.overlay) ? nulls(value) : [];
  return left.length > 0 ? left : validate(value, kinds);
}

function isEntry(examined: Examined): examined is IdentifiedDocument {
  return "address" in examined;
}

/**
 * An overlay document that matches no manifest and is incomplete as a new one gets one diagnostic
 * instead of one per missing field.
 */
function unmatched(
  written: Written,
  found: readonly Diagnostic[],
  { kinds, documents }: Omit<Surroundings, "problems">,
): Diagnostic {
  const [first] = found;
  const at = identify(written.value, kinds)?.address;
  const known = documents
    .filter(({ layers }) => !layers[0].file.overlay)
    .flatMap((one) => identify(one.value, kinds)?.address ?? []);
  const name =
    at ?? say`this document (its kind, name and whatever it lives in say what it changes)`;
  const message = say`There is no manifest for ${name} to lay this over, and as a new one it is not complete: ${first?.message ?? ""}`;
  const hint = at === undefined ? first?.hint : didYouMean(at, known, first?.hint);
  return record({
    severity: "error",
    code: "overlay/unmatched",
    message,
    ...(first?.at && { at: first.at }),
    ...(at && { address: at }),
    ...(hint && { hint }),
  });
}

/** Caches each file in which every document is valid and none was patched by an overlay. */
function store(examined: readonly Examined[], cache: ParseCache): void {
  const right = new Map<ParsedFile, Examined[]>();
  for (const one of examined) {
    const [{ file }, ...others] = one.written.layers;
    if (file.hash === undefined || !one.valid || others.length > 0) continue;
    const own = right.get(file);
    if (own) own.push(one);
    else right.set(file, [one]);
  }
  for (const [file, own] of right) {
    if (file.hash === undefined || own.length < file.documents.length) continue;
    cache.set(file.hash, {
      documents: own.map(({ written, digest }) => ({
        value: written.value,
        digest: digest || "sha256:",
      })),
    });
  }
}
