/**
 * The script of a page: search and filters for `[data-row]`, saving the JSON, opening collapsed
 * parts for printing. A page without script shows everything. Texts come from the page.
 */
export const script = `
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);

  const save = byId("save");
  save.hidden = false;
  save.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([byId("embedded-json").textContent], { type: "application/json" }));
    link.download = save.dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });

  const form = byId("filter");
  if (!form) return;
  const found = form.querySelector("output");
  const list = byId("rows");
  const groups = all(".group");
  const rows = all("[data-row]").map((element) => ({ element, group: element.closest(".group"), text: undefined, shown: true }));
  const textOf = (row) => (row.text ??= (row.element.textContent + " " + (row.element.dataset.who ?? "")).toLowerCase());
  const number = (value) => String(value).replace(/\\B(?=(\\d{3})+$)/g, ",");

  const wanted = () => {
    const given = new FormData(form);
    const words = String(given.get("text") ?? "").toLowerCase().split(/\\s+/).filter(Boolean);
    const tests = words.map((word) => (row) => textOf(row).includes(word));
    for (const name of ["kind", "action", "status", "back"]) {
      const value = given.get(name);
      if (value) tests.unshift((row) => row.element.dataset[name] === value);
    }
    const who = String(given.get("who") ?? "").toLowerCase();
    if (who) tests.unshift((row) => (row.element.dataset.who ?? "").toLowerCase().includes(who));
    for (const name of ["manual", "money"]) if (given.has(name)) tests.unshift((row) => name in row.element.dataset);
    return tests;
  };

  const told = (text, count) => (found.textContent = text.replaceAll("{0}", number(count)).replaceAll("{1}", number(rows.length)));

  // Where nothing is looked for the list is told so, once: to show ten thousand rows one by one takes a fifth of a second.
  const apply = () => {
    const tests = wanted();
    list.classList.toggle("all", tests.length === 0);
    if (tests.length === 0) return told(found.dataset.all, rows.length);
    const kept = new Set();
    let count = 0;
    for (const row of rows) {
      const shown = tests.every((test) => test(row));
      if (shown) {
        count += 1;
        kept.add(row.group);
      }
      if (shown !== row.shown) {
        row.element.hidden = !shown;
        row.shown = shown;
      }
    }
    for (const group of groups) if (group.hidden === kept.has(group)) group.hidden = !group.hidden;
    told(found.dataset.some, count);
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    event.preventDefault();
    form.elements.text.focus();
  });
  apply();
  (globalThis.requestIdleCallback ?? setTimeout)(() => rows.forEach(textOf));
})();
`;
