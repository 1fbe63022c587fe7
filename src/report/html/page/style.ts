/**
 * The style sheet of all pages: system fonts, light and dark colours, phones and print. Contrast is
 * at least 4.5:1.
 */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fdfdfc; --paper: #f5f5f2; --line: #dcdcd6; --text: #1c2024; --soft: #596068;
  --accent: #0b5cad; --good: #17692f; --caution: #855700; --bad: #b42318; --mark: #fff4d6;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #111417; --paper: #191d21; --line: #30363c; --text: #e4e6e8; --soft: #a0a8b0;
    --accent: #7ab8f5; --good: #6cc284; --caution: #dcaa4c; --bad: #f28b82; --mark: #3a3017;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body {
  max-width: 66rem; margin: 0 auto; padding: 2.5rem clamp(1rem, 4vw, 2.5rem) 4rem;
  background: var(--page); color: var(--text); font: 1rem/1.55 var(--sans); overflow-wrap: break-word;
}
h1, h2, h3, p, ul, ol, dl, dd, pre { margin: 0; }
ul, .steps { padding: 0; list-style: none; }
[hidden] { display: none !important; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--page); }
.skip:focus { top: .5rem; }
code, pre, dt, .pairs dd, .new dd { font-family: var(--mono); font-size: .875em; }
code { overflow-wrap: anywhere; }
pre code { font-size: 1em; }
pre { padding: .75rem 1rem; overflow-x: auto; background: var(--paper); border-radius: 6px; }

.sort { color: var(--accent); font-weight: 600; letter-spacing: .02em; }
h1 { margin: .25rem 0 1.5rem; font-size: clamp(1.5rem, 4vw, 2rem); line-height: 1.25; font-weight: 600; letter-spacing: -.01em; text-wrap: balance; }
h1::first-letter { text-transform: uppercase; }
h2 { margin: 3.5rem 0 1rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 1.25rem; line-height: 1.3; font-weight: 600; }
h3 { display: inline; font-size: 1rem; font-weight: 600; }
.count { color: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; }
main p + p, main p + pre, pre + p, p + ul, ul + p, p + dl, pre + dl, dl + p, .wide + details { margin-top: .75rem; }
nav { margin-top: 2rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; }
nav span { color: var(--soft); font-variant-numeric: tabular-nums; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }

.figures { display: flex; flex-wrap: wrap; gap: 1rem 2rem; margin-bottom: 1.5rem; }
.figures li { display: flex; align-items: baseline; gap: .4rem; }
.figures b { font-size: 1.375rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.figures span { color: var(--soft); }
.facts { display: grid; gap: .25rem; }
.facts div { display: grid; grid-template-columns: minmax(6rem, 12rem) minmax(0, 1fr); gap: 1rem; }
.facts dt { color: var(--soft); font: inherit; }
.facts dd { overflow-wrap: anywhere; }

.note { color: var(--soft); font: .875rem/1.55 var(--sans); }
.verdict { margin-bottom: 1.5rem; font-size: 1.125rem; }
.good { color: var(--good); } .bad, .grave { color: var(--bad); } .caution, .back { color: var(--caution); } .accent { color: var(--accent); } .dim { color: var(--soft); }
.grave { font-weight: 600; }
.notices { display: grid; grid-template-columns: minmax(0, 1fr); gap: .75rem; }
.notices li { padding: .75rem 1rem; background: var(--paper); border-left: 3px solid var(--soft); border-radius: 0 6px 6px 0; }
.notices .error { border-color: var(--bad); } .notices .error strong { color: var(--bad); }
.notices .warning, .notices .guard { border-color: var(--caution); } .notices .warning strong, .notices .guard strong { color: var(--caution); }
.notices + .notices { margin-top: .75rem; }
.notices p + p { margin-top: .25rem; }
.notices pre { margin-top: .5rem; background: var(--page); }
.sound strong { color: var(--good); } .unsound strong { color: var(--bad); }
.sound + dl, .unsound + dl, .notices + dl { margin-top: .75rem; }

#filter { display: flex; flex-wrap: wrap; align-items: end; gap: .75rem 1rem; margin-bottom: 1.5rem; padding: 1rem; background: var(--paper); border-radius: 8px; }
#filter label { display: grid; gap: .25rem; color: var(--soft); font-size: .875rem; }
#filter .search { flex: 1 1 14rem; }
#filter .box { display: flex; align-items: center; gap: .4rem; min-height: 2.5rem; color: var(--text); }
#filter .found { display: flex; flex: 1 0 100%; align-items: center; justify-content: space-between; gap: 1rem; margin: 0; font-variant-numeric: tabular-nums; }
input, select, button { font: inherit; color: var(--text); }
input[type=search], input[name=who], select { width: 100%; min-width: 0; min-height: 2.5rem; padding: .25rem .6rem; background: var(--page); border: 1px solid var(--soft); border-radius: 6px; }
input[type=checkbox] { width: 1.1rem; height: 1.1rem; accent-color: var(--accent); }
button { min-height: 2.5rem; padding: .25rem 1rem; background: var(--page); border: 1px solid var(--soft); border-radius: 6px; cursor: pointer; }
button:hover { border-color: var(--accent); color: var(--accent); }
.act { margin: 1rem 0; }

summary { cursor: pointer; color: var(--soft); }
.group > summary { padding: .6rem 0; color: var(--text); }
.group > summary .aside { color: var(--soft); font-size: .875rem; }
.group > .facts { padding: .25rem 0 .75rem 1.1rem; font-size: .875rem; }
.group + .group { margin-top: .5rem; }
.many .rows { content-visibility: auto; contain-intrinsic-size: auto 120rem; }
.many .n1 { contain-intrinsic-size: auto 20rem; } .many .n2 { contain-intrinsic-size: auto 50rem; } .many .n10 { contain-intrinsic-size: auto 250rem; }
.all [data-row][hidden] { display: list-item !important; } .all .group[hidden] { display: block !important; }
.rows > li { padding: .6rem 0 .6rem 2.25rem; border-top: 1px solid var(--line); }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .6rem; }
.sign { display: inline-block; width: 1.25rem; margin-left: -1.85rem; font-family: var(--mono); font-weight: 700; text-align: center; }
.sign + .sign { margin-left: -.4rem; }
.figures .sign { width: auto; margin: 0; font-size: 1.25rem; }
.at { font-weight: 600; } .at span { color: var(--soft); font-weight: 400; }
.verb { color: var(--soft); font-size: .875rem; }
.tag { padding: 0 .45rem; border: 1px solid var(--accent); border-radius: 1rem; color: var(--accent); font-size: .8125rem; }
.money { margin-left: auto; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
.pairs { display: grid; grid-template-columns: fit-content(22rem) minmax(0, 1fr); gap: .1rem 1rem; margin: .3rem 0; }
.pairs div { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; }
.new { display: flex; flex-wrap: wrap; gap: .1rem 1.25rem; margin: .3rem 0; }
.new div { display: flex; gap: .5rem; min-width: 0; }
.pairs dt, .new dt { color: var(--soft); }
.pairs dd, .new dd { min-width: 0; overflow-wrap: anywhere; }
del { color: var(--bad); text-decoration-thickness: 1px; } ins { color: var(--good); text-decoration: none; } .arrow { color: var(--soft); }
.rows .note { margin-top: .2rem; }
.steps li { margin-top: .4rem; }
.steps label { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .6rem; align-items: start; }
.steps input { margin: .25rem 0 0; }
.plain li { padding: .15rem 0; }

.wide { position: relative; overflow-x: auto; }
.wide td code, .when { white-space: nowrap; }
table { min-width: 100%; border-collapse: collapse; font-size: .9375rem; }
th, td { padding: .45rem 1rem .45rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--soft); font-size: .875rem; font-weight: 600; vertical-align: bottom; }
th[scope=row] { font-weight: 400; }
tfoot th, tfoot td { border-bottom: 0; font-weight: 600; }
.sums td, .sums thead th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.matrix { min-width: 0; }
.matrix th:first-child { position: sticky; left: 0; min-width: 11rem; background: var(--page); }
.matrix thead th span { display: inline-block; max-height: 18rem; writing-mode: vertical-rl; transform: rotate(180deg); text-align: left; font-weight: 400; color: var(--text); }
.matrix:lang(zh) thead th span { transform: none; }
.matrix td, .matrix thead th:not(:first-child) { min-width: 2.25rem; padding: .45rem .4rem; text-align: center; }
.matrix td { font-family: var(--mono); font-weight: 700; }
.matrix tbody tr:hover :is(td, th) { background: var(--paper); }

.drawing { display: block; width: 100%; max-width: 48rem; height: auto; margin: .5rem 0 1rem; font: .75rem var(--sans); }
.drawing text { fill: var(--text); } .drawing line { stroke: var(--soft); stroke-width: 2; }
.drawing .more { fill: var(--accent); } .drawing .less { fill: var(--good); }
.drawing .good { fill: var(--good); } .drawing .caution { fill: var(--caution); } .drawing .bad { fill: var(--bad); }

@media (max-width: 40rem) {
  body { padding-top: 1.5rem; }
  .facts div, .pairs, .pairs div { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .facts { gap: .6rem; } .pairs { gap: .3rem; }
  .money { margin-left: 0; }
  .group > .facts { padding-left: 0; }
  .rows > li { padding-left: 1.75rem; }
  #filter label:not(.box) { flex: 1 1 8rem; } #filter .search.search { flex-basis: 100%; }
  .matrix th:first-child { min-width: 8rem; max-width: 10rem; }
}
@media print {
  :root { --page: #fff; --paper: #f4f4f4; --line: #ccc; --text: #000; --soft: #444; --accent: #0b4a8a; --good: #0f5323; --caution: #6b4600; --bad: #931a12; color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, #filter, .skip, #save { display: none !important; }
  .many .rows { content-visibility: visible; }
  [data-row][hidden] { display: list-item !important; } .group[hidden] { display: block !important; }
  details::details-content { content-visibility: visible; height: auto; }
  li, tr, .notices li { break-inside: avoid; } .group { break-inside: auto; } h2, summary, .head { break-after: avoid; }
  .wide, pre { overflow: visible; white-space: pre-wrap; }
  .matrix th:first-child { position: static; }
  a { color: inherit; text-decoration: none; }
}
`;
