import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { byLetter } from "../languages/texts.ts";

/** Text that an edit looks for, which has to be there once, and what takes its place. */
type Edit = readonly [string, string];

/** A new thing of one row of the map: its own files, and what is added to the files of others. */
export interface Toy {
  readonly row: string;
  /** The folder of its own files; none where the row is about edits alone. */
  readonly files?: string;
  readonly edits?: Readonly<Record<string, readonly Edit[]>>;
  /** A folder that is there and is taken for a new one. */
  readonly copied?: readonly [string, string];
}

/** Texts for people that toys bring, by their group in the files of languages. */
const texts: Readonly<Record<string, readonly string[]>> = {
  messages: [
    "A size is too large for a toy.",
    "A toy has a size of 100 at most, and this has {0}.",
    "A toy stays as it is.",
    "Split the plan, or lift the guard: --allow toy.",
    "Take a smaller one.",
    "The toy says hello.",
    "This plan has {0} changes, which is a number of its own.",
    "Three changes are planned at once.",
    "what toys do",
  ],
  help: ["say something", "said"],
  schemas: [
    "A name that is unique among toys; the address is Toy/<name>.",
    "A toy, for the test that adds one.",
    "A word that means nothing.",
    "Always Toy.",
    "How large it is.",
    "The file that toys are kept in.",
    "The options of the adapter toy.",
    "What it is.",
  ],
};

/** One of each row of the table "Where a new thing goes" in src/README.md. */
export const toys: readonly Toy[] = [
  {
    row: "kind",
    files: "kind",
    edits: {
      "src/kinds/index.ts": [
        [
          'import { user } from "./user.ts";\n',
          'import { toy } from "./toy.ts";\nimport { user } from "./user.ts";\n',
        ],
        ["  offer,\n];", "  offer,\n  toy,\n];"],
      ],
      "schemas/generate.mjs": [['  "offer",\n', '  "offer",\n  "toy",\n']],
      "schemas/policy.schema.json": [
        [
          '              "Customer",\n              "Subscription"\n',
          '              "Customer",\n              "Toy",\n              "Subscription"\n',
        ],
      ],
    },
  },
  {
    row: "backend",
    files: "backend",
    edits: {
      "src/adapters/index.ts": [
        [
          '  "partner-center": {\n    factory:',
          `  toy: {
    factory: async () => (await import("./toy/toy.ts")).toyBox,
    options: async () => (await import("./toy/options.ts")).toyOptions,
  },
  "partner-center": {
    factory:`,
        ],
      ],
      "schemas/generate.mjs": [
        [
          'const adapters = ["local", "partner-center"];',
          'const adapters = ["local", "partner-center", "toy"];',
        ],
      ],
    },
  },
  {
    row: "option of a backend",
    edits: {
      "schemas/adapters/local.schema.json": [
        [
          '  "properties": {\n    "account": {',
          `  "properties": {
    "toy": {
      "description": "A word that means nothing.",
      "type": "string",
      "examples": [
        "ball"
      ]
    },
    "account": {`,
        ],
      ],
    },
  },
  {
    row: "ledger",
    files: "ledger",
    edits: {
      "src/store/ledger/index.ts": [
        [
          "type LedgerSettings =",
          'import { toyLedger, toyTraits } from "./toy.ts";\n\ntype LedgerSettings =',
        ],
        [
          "  file: {\n    traits: fileTraits,",
          `  toy: {
    traits: toyTraits,
    name: ({ path }, root) => fileLedgerPath(path, root),
    open: ({ path }, around) => toyLedger({ ...around, path: fileLedgerPath(path, around.root) }),
  },
  file: {
    traits: fileTraits,`,
        ],
      ],
      "schemas/settings.schema.json": [
        [
          '          "enum": [\n            "file",\n            "git"\n',
          '          "enum": [\n            "file",\n            "toy",\n            "git"\n',
        ],
      ],
    },
  },
  {
    row: "output format",
    files: "format",
    edits: {
      "src/report/load.ts": [
        [
          "  html: async",
          '  toy: async () => (await import("./machine/toy.ts")).toy,\n  html: async',
        ],
      ],
    },
  },
  { row: "language", edits: { "languages/eo.json": [] } },
  { row: "text for people", edits: { "languages/zh-CN.json": [], "languages/eo.json": [] } },
  {
    row: "code of a diagnostic",
    edits: {
      "src/model/codes/objects.ts": [
        [
          '  "user/',
          `  "toy/too-large": {
    means: say\`A size is too large for a toy.\`,
    hint: say\`Take a smaller one.\`,
  },
  "user/`,
        ],
      ],
      "src/model/codes.ts": [
        ['  user: "reference/', '  toy: "reference/toy.md#the-spec",\n  user: "reference/'],
      ],
    },
  },
  {
    row: "function or type that policies know",
    edits: {
      "src/policy/language.ts": [
        [
          "  environment.registerFunction(`${instead}(dyn)",
          '  environment.registerFunction("toy(string): bool", (text: string) => text === "ball");\n  environment.registerFunction(`${instead}(dyn)',
        ],
      ],
    },
  },
  {
    row: "host of repositories: comments, approvals",
    files: "host",
    edits: {
      "src/store/hosts/index.ts": [
        [
          "import { type Host, HostFailed",
          'import { toy } from "./toy.ts";\nimport { type Host, HostFailed',
        ],
        ["= [github, gitlab];", "= [github, gitlab, toy];"],
      ],
    },
  },
  {
    row: "command",
    files: "command",
    edits: {
      "src/cli/commands/list.ts": [
        [
          "export { schemaCommand }",
          'export { toyHelloCommand } from "./toy/hello.ts";\nexport { schemaCommand }',
        ],
      ],
    },
  },
  {
    row: "group of commands, heading of help",
    edits: {
      "src/cli/parse/command-groups.ts": [
        [
          "\n  policy: {",
          '\n  toy: { heading: "reference", summary: say`what toys do` },\n  policy: {',
        ],
      ],
    },
  },
  {
    row: "guard over any plan",
    files: "guard",
    edits: {
      "src/plan/guard/guard.ts": [
        ["type Guard =", 'import { guardToy } from "./guard-toy.ts";\n\ntype Guard ='],
        ["  irreversible,\n};", "  irreversible,\n  toy: guardToy,\n};"],
      ],
      "src/model/codes/plans.ts": [
        [
          '  "guard/count": {',
          `  "guard/toy": {
    means: say\`Three changes are planned at once.\`,
    hint: say\`Split the plan, or lift the guard: --allow toy.\`,
  },
  "guard/count": {`,
        ],
      ],
    },
  },
  // Its rule is in the toy's own file: `toy/too-large`.
  { row: "rule about one kind", edits: { "src/kinds/toy.ts": [] } },
  { row: "golden case", copied: ["test/cases/causes/cause-both", "test/cases/toys/toy-case"] },
  {
    row: "document",
    files: "document",
    edits: {
      "README.md": [
        ["[glossary](docs/glossary.md),", "[glossary](docs/glossary.md), [toys](docs/toy.md),"],
      ],
      "README.zh-CN.md": [
        [
          "[术语表](docs/zh-CN/glossary.md)、",
          "[术语表](docs/zh-CN/glossary.md)、[玩具](docs/zh-CN/toy.md)、",
        ],
      ],
    },
  },
  {
    row: "page of the reference",
    files: "page",
    edits: {
      "docs/pages/index.ts": [
        ["interface Page {", 'import { toyPage } from "./toy.ts";\n\ninterface Page {'],
        [
          '    { name: "codes.md",',
          '    { name: "toys.md", about: "toys", text: toyPage() },\n    { name: "codes.md",',
        ],
      ],
    },
  },
];

const fixtures = join(import.meta.dirname, "fixtures/toys");

/** The toy's own files, as paths in the repository. */
export function ownFiles({ files, copied }: Toy): readonly string[] {
  if (copied) return [copied[1]];
  if (files === undefined) return [];
  return readdirSync(join(fixtures, files), {
    recursive: true,
    encoding: "utf8",
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(fixtures, files).length + 1));
}

/**
 * Adds a toy to a copy of the repository. Throws where an edit finds no place, or more than one.
 */
export function addToy(root: string, { files, edits = {}, copied }: Toy): void {
  if (files !== undefined) cpSync(join(fixtures, files), root, { recursive: true });
  if (copied) {
    mkdirSync(dirname(join(root, copied[1])), { recursive: true });
    cpSync(join(root, copied[0]), join(root, copied[1]), { recursive: true });
  }
  for (const [file, some] of Object.entries(edits))
    for (const edit of some) replaceOnce(join(root, file), edit);
}

function replaceOnce(path: string, [before, after]: Edit): void {
  const text = readFileSync(path, "utf8");
  const parts = text.split(before);
  if (parts.length < 2) throw new Error(`${path} has no ${before}`);
  writeFileSync(path, [parts[0], parts.slice(1).join(before)].join(after));
}

type Texts = Readonly<Record<string, string>>;

/**
 * What the toys say, in the language that is there and in one more, which has a mark before each
 * text.
 */
export function addLanguage(root: string): void {
  const path = join(root, "languages/zh-CN.json");
  const file: Readonly<Record<string, Texts>> = JSON.parse(readFileSync(path, "utf8"));
  const whole = turned(file, (group, given) => [
    ...Object.entries(given),
    ...(texts[group] ?? []).map((text) => [text, text] as const),
  ]);
  const marked = turned(whole, (_group, given) =>
    Object.keys(given).map((text) => [text, `¿${text}`]),
  );
  writeFileSync(path, `${JSON.stringify(whole, undefined, 2)}\n`);
  writeFileSync(join(root, "languages/eo.json"), `${JSON.stringify(marked, undefined, 2)}\n`);
}

function turned(
  file: Readonly<Record<string, Texts>>,
  turn: (group: string, given: Texts) => readonly (readonly [string, string])[],
): Readonly<Record<string, Texts>> {
  const sorted = (entries: readonly (readonly [string, string])[]) =>
    Object.fromEntries([...entries].sort(([one], [other]) => byLetter(one, other)));
  return Object.fromEntries(
    Object.entries(file).map(([group, given]) => [group, sorted(turn(group, given))]),
  );
}
