import { expect, test } from "vitest";
import { keyOf, type Node, nodes, place, sources } from "./source.ts";

// What is written for machines, or for whoever reads the source: commands, formats, pages' own
// code, programs for a shell, what git keeps.
const machines = new RegExp(
  [
    "^src/cli/parse/(options|help)\\.ts$", // told by toldCommands
    "^src/cli/(completion|scaffold)/",
    "^src/report/(html/page/(style|script|page)|html/verification|machine/(junit|unified-diff)|language/plurals)\\.ts$",
    "^src/model/plan/approval\\.ts$", // words that are signed
    "^src/model/text/nouns\\.ts$", // told in plural forms
    "^src/policy/record-types\\.ts$", // types of CEL
    "^src/store/(ledger/git/(auditors-readme|git)|ledger/chain/checkpoint|cache/(compiled-sets|parse-cache)|git/branch-files|published-plans)\\.ts$",
  ].join("|"),
);
const spoken = /[A-Za-z]{2,}[,;:]? [a-z{]|\} [a-z]/;
const commandLine =
  /^(upgrade of$|not a file$|too large$|\s*partnerctl [a-z{]|\s*--[a-z]|Bearer |<|#|\s+cd |displayName eq |\{0\}\n\{1\}|\{0\} --format)/;

test("no text for people is built without a tag, so that none is missed in a language file", () => {
  const untagged = sources()
    .filter(({ file }) => !machines.test(file))
    .flatMap((source) =>
      [...nodes(source.tree)]
        .filter(([node, above]) => isForPeople(node, above))
        .map(
          ([node]) =>
            `${place(source, node)} ${JSON.stringify(textOf(node))}: tag it, say\`…\` (in src/report: language.say\`…\`), and translate it`,
        ),
    );
  expect(untagged.join("\n")).toBe("");
});

function isForPeople(node: Node, above: readonly Node[]): boolean {
  const text = textOf(node);
  const parent = above.at(-1);
  if (text === undefined || parent === undefined || commandLine.test(text)) return false;
  if (
    !spoken.test(text) &&
    !(isSaid(parent, node) && /[A-Za-z]{2}/.test(text.replace(/\{\d+\}/g, "")))
  )
    return false;
  if (
    ["TaggedTemplateExpression", "ImportDeclaration", "TSLiteralType", "BinaryExpression"].includes(
      parent.type,
    )
  )
    return false;
  return !above.some(
    (one) => isDescription(one) || isBug(one) || isComparison(one) || isName(one, node),
  );
}

/** However short: a message, a hint, what is shown at the terminal. */
function isSaid(parent: Node, node: Node): boolean {
  if (parent.type === "Property")
    return (
      parent.value === node && /^(message|hint|because)$/.test(String((parent.key as Node).name))
    );
  const called =
    parent.type === "CallExpression"
      ? ((parent.callee as Node).property as Node | undefined)?.name
      : undefined;
  return (
    /^(remark|problem|ask|told)$/.test(String(called)) &&
    (parent.arguments as readonly unknown[])[0] === node
  );
}

function textOf(node: Node): string | undefined {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : undefined;
  return node.type === "TemplateLiteral" ? keyOf(node) : undefined;
}

test("a result in words is told, not printed as it is", () => {
  const printed = sources().flatMap((source) =>
    [...nodes(source.tree)]
      .filter(([{ type, callee, arguments: given }]) => {
        if (
          type !== "CallExpression" ||
          ((callee as Node).property as Node | undefined)?.name !== "result"
        )
          return false;
        return (given as readonly Node[])[0]?.type === "TaggedTemplateExpression";
      })
      .map(
        ([node]) =>
          `${place(source, node)}: call terminal.told; terminal.result prints English as it is`,
      ),
  );
  expect(printed).toEqual([]);
});

/** A command's description, and its options', which toldCommands tells. */
function isDescription({ type, id }: Node): boolean {
  return (
    type === "VariableDeclarator" && /^(options|[a-zA-Z]+Command)$/.test(String((id as Node).name))
  );
}

/** A throw that only a bug of ours can reach is for us, in English. */
function isBug({ type, callee }: Node): boolean {
  return (
    type === "NewExpression" && /^(Error|TypeError|RangeError)$/.test(String((callee as Node).name))
  );
}

function isComparison({ type, callee }: Node): boolean {
  return (
    type === "CallExpression" &&
    /^(includes|startsWith|endsWith)$/.test(
      String(((callee as Node).property as Node | undefined)?.name),
    )
  );
}

/** A property's name, a value of a type that is made of such names. */
function isName(above: Node, node: Node): boolean {
  if (above.type === "Property" && above.key === node) return true;
  return (
    above.type === "Property" &&
    /^(of|format)$/.test(String((above.key as Node).name)) &&
    above.value === node
  );
}
