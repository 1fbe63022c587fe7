import { sha256 } from "../../../model/values/digest.ts";
import { html, type Markup, nothing } from "./markup.ts";
import { script } from "./script.ts";
import { style as sheet } from "./style.ts";
import type { Language } from "../../language/language.ts";
import type { Style } from "../../report.ts";

/** A section of a page; omitted if it has no content. */
export interface PageSection {
  readonly id: string;
  readonly title: string;
  /** Shown beside the title, also in the table of contents. */
  readonly count?: string;
  readonly content: Markup;
}

/** The content of a page. */
export interface HtmlPage {
  /** The type of document: "Plan". */
  readonly sort: string;
  /** The page's title. */
  readonly title: string;
  /** Facts below the title. */
  readonly lead: Markup;
  readonly parts: readonly PageSection[];
  readonly embedded: EmbeddedJson;
}

/** The JSON document that a page shows. */
export interface EmbeddedJson {
  readonly json: string;
  /** The command that prints the same bytes. */
  readonly command: string;
  readonly file: string;
}

/**
 * Renders a self-contained HTML file. Its content security policy allows only its own style and
 * script, by hash.
 */
export function page({ sort, title, lead, parts, embedded }: HtmlPage, language: Language): string {
  const shown = parts.filter((part) => part.content.markup !== "");
  const proof = embeddedJsonSection(embedded, language);
  const all = [...shown, proof];
  const body = html`<a class="skip" href="#${all[0]?.id}">${language.say`Skip to the content`}</a>
<header class="top"><p class="sort">${sort}</p><h1>${title}</h1>${lead}</header>
<nav aria-label="${language.say`Contents`}"><ul>${all.map((part) => html`<li><a href="#${part.id}">${part.title}</a>${part.count ? html` <span>${part.count}</span>` : nothing}</li>`)}</ul></nav>
<main>
${all.map(section)}</main>
<footer><p>${language.say`Written by partnerctl. This page loads nothing and sends nothing.`}</p></footer>
`;
  return `<!doctype html>
<html lang="${html`${language.tag}`.markup}">
${head(`${sort}: ${title}`).markup}
<body>
${body.markup}<script type="application/json" id="embedded-json">${embedded.json}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** The command that prints a page's JSON, with personal data masked if the page masks it. */
export function printCommand(command: string, style: Style): string {
  return `${command} --format json${style.personal === "masked" ? " --mask-personal" : ""}`;
}

function head(title: string): Markup {
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hashOf(sheet)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${{ markup: sheet }}</style>
</head>`;
}

function hashOf(text: string): string {
  return `sha256-${Buffer.from(sha256(text), "hex").toString("base64")}`;
}

function section({ id, title, count, content }: PageSection): Markup {
  const amount = count === undefined ? nothing : html` <span class="count">${count}</span>`;
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}${amount}</h2>
${content}</section>
`;
}

function embeddedJsonSection(
  { json, command, file }: EmbeddedJson,
  language: Language,
): PageSection {
  const content = html`<p>${language.say`This page holds the JSON document it shows, byte for byte what this prints:`}</p>
<pre tabindex="0"><code>${command}</code></pre>
<dl class="facts"><div><dt>SHA-256</dt><dd><code id="digest">${sha256(json)}</code></dd></div></dl>
<p class="act"><button type="button" id="save" data-file="${file}" hidden>${language.say`Save the JSON`}</button></p>
<p class="note">${language.say`Once it is saved, this prints the same digest:`}</p>
<pre tabindex="0"><code>sha256sum ${file}</code></pre>`;
  return { id: "embedded-json-section", title: language.say`The same as JSON`, content };
}
