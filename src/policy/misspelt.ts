import type { Environment } from "@marcbachmann/cel-js";
import { isNode } from "./node.ts";

/**
 * A function with a name as long as `has`, to keep positions. CEL checks the type of its argument.
 */
export const instead = "_is";

/**
 * The error if an expression tests for a field that its type does not have, which CEL silently
 * evaluates to false. `.?` is not checked on variables of `all`, `map` and similar macros.
 */
export function misspelt(
  source: string,
  ast: unknown,
  environment: Environment,
): Error | undefined {
  let asking = source;
  const found: Error[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one);
    if (!isNode(node)) return;
    const [first] = Array.isArray(node.args) ? node.args : [];
    if (node.op === "call" && first === "has") asking = replaced(asking, node.start, instead);
    if (node.op === ".?") {
      const { valid, error } = environment.check(
        " ".repeat(node.start) +
          replaced(source.slice(0, node.end), node.pos - 1, " ").slice(node.start),
      );
      if (!valid && isMissing(error)) found.push(error);
    }
    visit(node.args);
  };
  visit(ast);
  const { valid, error } =
    asking === source ? { valid: true, error: undefined } : environment.check(asking);
  return !valid && isMissing(error) ? error : found[0];
}

function replaced(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + by.length);
}

function isMissing(error: unknown): error is Error {
  return error instanceof Error && "code" in error && error.code === "no_such_key";
}
