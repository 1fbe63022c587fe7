import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseAst } from "vitest/node";

/** A piece of the syntax tree, as far as these tests look into it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** A file of the source with its syntax tree. */
export interface Source {
  /** From the project's folder. */
  readonly file: string;
  readonly text: string;
  readonly tree: Node;
}

const root = new URL("../../", import.meta.url);

/**
 * Every file of the source but what schemas generate and the emulator, which speaks as the service
 * does.
 */
export function sources(): readonly Source[] {
  return readdirSync(new URL("src/", root), { recursive: true, encoding: "utf8" })
    .filter(
      (file) =>
        file.endsWith(".ts") &&
        !file.includes("generated/") &&
        !/^(emulator|conformance)\b/.test(file),
    )
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(`src/${file}`, root), "utf8");
      return { file: `src/${file}`, text, tree: parseAst(text, { lang: "ts" }) as unknown as Node };
    });
}

/** The project's folder as a path. */
export const folder = fileURLToPath(root);

/** Every node below and its ancestors, the nearest last. */
export function* nodes(
  node: Node,
  above: readonly Node[] = [],
): Generator<readonly [Node, readonly Node[]]> {
  yield [node, above];
  const inner = [...above, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) yield* nodes(child, inner);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

/** Where a node is: file and line. */
export function place({ file, text }: Source, node: Node): string {
  return `${file}:${text.slice(0, node.start).split("\n").length}`;
}

/** A template literal's text with numbered holes, as language files have it. */
export function keyOf(quasi: Node): string {
  const parts = (quasi.quasis as readonly { readonly value: { readonly cooked: string } }[]).map(
    ({ value }) => value.cooked,
  );
  return parts.map((part, index) => (index === 0 ? part : `{${index - 1}}${part}`)).join("");
}

/**
 * The tagged texts of the source with where they are: those of reports, and the messages that are
 * made in English.
 */
export function tagged(all: readonly Source[]): {
  readonly report: ReadonlyMap<string, string>;
  readonly messages: ReadonlyMap<string, string>;
} {
  const found = { report: new Map<string, string>(), messages: new Map<string, string>() };
  for (const source of all) {
    for (const [node] of nodes(source.tree)) {
      if (node.type !== "TaggedTemplateExpression") continue;
      const tag = node.tag as Node;
      const name = tag.type === "MemberExpression" ? (tag.property as Node).name : tag.name;
      if (name !== "say") continue;
      const into = tag.type === "MemberExpression" ? found.report : found.messages;
      into.set(keyOf(node.quasi as Node), place(source, node));
    }
  }
  return found;
}
