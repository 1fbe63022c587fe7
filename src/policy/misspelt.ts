import type { Environment } from "@marcbachmann/cel-js";
import { isNode } from "./node.ts";

/** A function of as many letters as `has`, of which the types are checked. */
export const instead = "_is";

/** The error where an expression asks whether a field is there that its type does not have: CEL takes that for false, and nobody would notice. Only what an expression's variables lead to can be told of `.?`. */
export function misspelt(source: string, ast: unknown, environment: Environment): Error | undefined {
  let asking = source;
  const found: Error[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one);
    if (!isNode(node)) return;
    const [first] = Array.isArray(node.args) ? node.args : [];
    if (node.op === "call" && first === "has") asking = replaced(asking, node.start, instead);
    if (node.op === ".?") {
      const { valid, error } = environment.check(
        " ".repeat(node.start) + replaced(source.slice(0, node.end), node.pos - 1, " ").slice(node.start),
      );
      if (!valid && isMissing(error)) found.push(error);
    }
    visit(node.args);
  };
  visit(ast);
  const { valid, error } = asking === source ? { valid: true, error: undefined } : environment.check(asking);
  return !valid && isMissing(error) ? error : found[0];
}

function replaced(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + by.length);
}

function isMissing(error: unknown): error is Error {
  return error instanceof Error && "code" in error && error.code === "no_such_key";
}
