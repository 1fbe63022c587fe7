import type { Verification } from "../../model/ledger/history.ts";
import { diagnosticList } from "./diagnostics.ts";
import { code, facts } from "./page/facts.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import { page } from "./page/page.ts";
import { renderJson } from "../machine/json.ts";
import { type Language, languageOf } from "../language/language.ts";
import type { History, Mark } from "../document.ts";
import type { Style } from "../report.ts";
import { formatMoment, number } from "../wording/format.ts";

// An entry's hash covers its line without the hash field. These commands print nothing if all
// hashes are right. Keep them in step with the README of ledgers in Git (`auditors-readme.ts`).
const byHand = `cat ledger/*/*.jsonl ledger.jsonl 2>/dev/null | while IFS= read -r entry; do
  printf '%s\\n' "$entry" | sed 's/"hash":"[0-9a-f]*",//' | tr -d '\\n' | sha256sum | cut -c1-64
  printf '%s\\n' "$entry" | sed 's/.*"hash":"\\([0-9a-f]*\\)".*/\\1/'
done | uniq -u     # prints nothing where every hash is right`;

/** A ledger's verification as a page. */
export function htmlVerification(result: Verification, style: Style): string {
  const language = languageOf(style);
  const embedded = {
    json: renderJson({ kind: "verification", verification: result }, style),
    command: "partnerctl ledger verify --format json",
    file: "verification.json",
  };
  const parts = [
    { id: "proof", title: language.say`The ledger's proof`, content: proofFacts(result, language) },
  ];
  return page(
    {
      sort: language.say`Ledger`,
      title: verdict(result, language),
      lead: nothing,
      parts,
      embedded,
    },
    language,
  );
}

/** The result of a verification, and how to check it without this tool. */
export function proofFacts(proof: NonNullable<History["proof"]>, language: Language): Markup {
  const pairs = facts([
    [language.say`Ledger`, code(proof.ledger)],
    [language.say`Entries`, number(proof.entries)],
    [language.say`Head`, code(proof.head)],
    [language.say`First of this period`, proof.first && markWords(proof.first)],
    [language.say`Last of this period`, proof.last && markWords(proof.last)],
  ]);
  return html`<p class="${proof.consistent && proof.complete !== false ? "sound" : "unsound"}"><strong>${verdict(proof, language)}</strong></p>
${diagnosticList(proof.problems, language)}${pairs}
<p>${language.say`Every entry holds the hash of the one before it, so whatever is changed, left out or put in between breaks the chain. That nothing was cut off at the end is proven by a head that was kept elsewhere, on a plan, a receipt or a page like this:`}</p>
<pre tabindex="0"><code>partnerctl ledger verify --head ${proof.head}</code></pre>
<p>${language.say`Without this tool: an entry's hash is the SHA-256 of its line without the hash itself.`}</p>
<pre tabindex="0"><code>${byHand.split("\n").map(
    (line) => html`${line}
`,
  )}</code></pre>`;
}

function markWords({ seq, at, hash }: Mark): Markup {
  return html`${number(seq)} · ${formatMoment(at)} · ${code(hash)}`;
}

function verdict({ consistent, complete, torn }: Verification, language: Language): string {
  if (!consistent) return language.say`Tampered with or damaged: the chain is broken.`;
  if (complete === false)
    return language.say`Not complete: the head you gave is not in it; entries were dropped or rewritten.`;
  if (complete) return language.say`Complete: the chain is whole, and the head you gave is in it.`;
  return torn
    ? language.say`Consistent: the chain is whole. The last line was not written to its end; it is not counted.`
    : language.say`Consistent: the chain is whole.`;
}
