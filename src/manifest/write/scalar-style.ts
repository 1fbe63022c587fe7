import type { CST, Scalar, ScalarTag } from "yaml";
import { yaml } from "./render.ts";

type Stringify = NonNullable<ScalarTag["stringify"]>;

/**
 * Reads every scalar as text and keeps its style: numbers keep their spelling, long text its lines.
 * Unnecessary quotes are removed.
 */
export const asWritten: ScalarTag = {
  tag: "tag:yaml.org,2002:str",
  default: true,
  identify: (value) => typeof value === "string",
  resolve: (text) => text,
  stringify: (item, context, onComment, onChompKeep) => {
    const scalar = item as Scalar<string>;
    const token = scalar.srcToken;
    if (token?.type === "block-scalar")
      return block(scalar, token)(item, context, onComment, onChompKeep);
    return flow(scalar, token && "source" in token ? token.source : scalar.value, context);
  },
};

function flow(
  { value, type }: Scalar<string>,
  source: string,
  { implicitKey, inFlow, indent }: Parameters<Stringify>[1],
): string {
  if (source.includes("\n") && !implicitKey)
    return source.replace(/[ \t]*\n[ \t]*/g, (_, at: number) => broken(source, at, indent || "  "));
  if (type === "PLAIN") return value;
  const spelled = yaml(value).trimEnd();
  return inFlow && spelled === value && /[[\]{},]/.test(value) ? JSON.stringify(value) : spelled;
}

/**
 * A line break in a multi-line text, with uniform indentation. White space before an escaped break
 * is kept.
 */
function broken(source: string, at: number, indent: string): string {
  const [all = ""] = /[ \t]*\n[ \t]*/.exec(source.slice(at)) ?? [];
  const before = source[at - 1] === "\\" ? all.slice(0, all.indexOf("\n")) : "";
  return source.startsWith("\n", at + all.length) ? `${before}\n` : `${before}\n${indent}`;
}

function block(scalar: Scalar<string>, token: CST.BlockScalar): Stringify {
  const header = token.props.find((prop) => prop.type === "block-scalar-header");
  const style = header && "source" in header ? header.source : "|";
  const lines = stripped(token, Number(/\d/.exec(style)?.[0] ?? 0));
  return (item, context, onComment, onChompKeep) => {
    const first = lines.findIndex((line) => line.trim() !== "");
    const width = lines.slice(0, first + 1).some((line) => line.startsWith(" ")) ? "2" : "";
    if (first < 0 || (width !== "" && context.indent === "")) return yaml(scalar.value).trimEnd();
    const indent = context.indent || "  ";
    const chomp = style.includes("+")
      ? "+"
      : style.includes("-") || !scalar.value.endsWith("\n")
        ? "-"
        : "";
    const comment = item.comment ? ` #${item.comment}` : "";
    if (comment) onComment?.();
    if (chomp === "+") onChompKeep?.();
    const body = lines.map((line) => (line === "" ? "" : indent + line)).join("\n");
    return `${style[0]}${width}${chomp}${comment}\n${chomp === "+" ? body : body.replace(/\n+$/, "")}`;
  };
}

/** The lines of a block scalar without their indentation. */
function stripped({ source, indent }: CST.BlockScalar, given: number): readonly string[] {
  const lines = source.replace(/\n$/, "").split("\n");
  const first = lines.find((line) => line.trim() !== "") ?? "";
  const width = given > 0 ? indent + given : first.length - first.replace(/^ +/, "").length;
  return lines.map((line) => line.slice(width));
}
