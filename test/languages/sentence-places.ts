import { keyOf, type Node, nodes, place, type Source } from "./source.ts";

/** The fields of diagnostics, of guards that stop a plan and of results, and of the codes. */
const fields = /^(?:message|hint|because|means)$/;

/** What is called with a diagnostic's message or hint, beside the classes of errors. */
const calls =
  /^(?:refused|error|rejection|tripGuard|takenAway|stale|endAsStale|complain|unsure|unusable)$/;

/** Errors of the language: their texts are parts of others. */
const ownErrors = /^(?:Error|TypeError|RangeError|Set|Map|RegExp)$/;

/** What is wrong with an expression of a policy: the sentence around it has the full stop. */
const faults = /^src\/policy\/(?:dates|expression|message|meter|pattern|run-tests|verdict)\.ts$/;

/** What passes its value on to what is around it. */
const passing = /^(?:ConditionalExpression|LogicalExpression|ParenthesizedExpression)$/;

/** A text that stands where a sentence does. */
export interface Sentence {
  readonly key: string;
  readonly where: string;
}

/**
 * The tagged texts of a file that are a whole message, hint or reason: of a field of that name, of
 * an error, of what makes either, or of a function of the file whose result is one.
 */
export function findSentences(source: Source): readonly Sentence[] {
  if (faults.test(source.file)) return [];
  const all = [...nodes(source.tree)].filter(([{ type }]) => /^(?:Call|Tagged)/.test(type));
  const functions = new Set<string>();
  for (let known = -1; known < functions.size; ) {
    known = functions.size;
    for (const [node, above] of all)
      if (node.type === "CallExpression" && isSentence(node, above, functions))
        functions.add(String((node.callee as Node).name));
  }
  return all
    .filter(([node, above]) => isSay(node) && isSentence(node, above, functions))
    .map(([node]) => ({ key: keyOf(node.quasi as Node), where: place(source, node) }));
}

function isSay({ type, tag }: Node): boolean {
  return type === "TaggedTemplateExpression" && (tag as Node).name === "say";
}

function isSentence(node: Node, above: readonly Node[], functions: ReadonlySet<string>): boolean {
  const from = above.findLastIndex(
    (one, index) => !passing.test(one.type) || one.test === (above[index + 1] ?? node),
  );
  const [parent, inner] = [above[from], above[from + 1] ?? node];
  if (parent === undefined) return false;
  const name = nameOf(parent);
  if (parent.type === "Property") return parent.value === inner && fields.test(name);
  if (parent.type === "VariableDeclarator") return /^(?:message|hint)$/.test(name);
  if (parent.type === "NewExpression") return parent.callee !== inner && !ownErrors.test(name);
  if (parent.type === "CallExpression")
    return parent.callee !== inner && (calls.test(name) || isTerminal(parent));
  return functions.has(returning(parent, above.slice(0, from)));
}

function nameOf({ key, id, callee }: Node): string {
  const named = (key ?? id ?? callee) as Node | undefined;
  return String(named?.name ?? (named?.property as Node | undefined)?.name);
}

function isTerminal({ callee }: Node): boolean {
  const { object, property } = callee as Node;
  return (object as Node | undefined)?.name === "terminal" && (property as Node).name === "refuse";
}

/** The name of the function that returns here; empty if it does not. */
function returning(parent: Node, above: readonly Node[]): string {
  if (parent.type === "ArrowFunctionExpression") return nameOf(above.at(-1) ?? parent);
  if (parent.type !== "ReturnStatement") return "";
  const around = above.findLast(({ type }) => /Function/.test(type));
  if (around?.type === "FunctionDeclaration") return nameOf(around);
  const holder = around && above[above.indexOf(around) - 1];
  return holder?.type === "VariableDeclarator" ? nameOf(holder) : "";
}
