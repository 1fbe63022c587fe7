// A whole adapter: an account kept as a folder of JSON files, one an object. Copy it, and put your
// backend where the files are.
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";

const everything = { readable: [""], writable: [""], repeatable: [] };
/**
 * What the backend can do: the planner asks for nothing else. No verb is `repeatable`, for the
 * files remember no request ids.
 */
const supports = {
  User: { verbs: ["create", "update", "remove"], ...everything },
  Customer: { verbs: ["create", "update"], ...everything },
  Subscription: { verbs: ["create", "update", "upgrade", "remove"], ...everything },
  Offer: { verbs: [], readable: [""], writable: [], repeatable: [] },
};

/** The natural key of each kind, in one spelling. */
const keyOf = {
  User: (spec) => spec.userPrincipalName.toLowerCase(),
  Customer: (spec) => spec.domain.toLowerCase(),
  Subscription: (spec) => spec.friendlyName,
};

/**
 * What the options may be: they are checked before the adapter is made, and what is left out is
 * filled in. This export may be missing.
 */
export const schema = {
  type: "object",
  additionalProperties: false,
  properties: {
    folder: { type: "string", minLength: 1, default: ".partnerctl/account" },
    offers: { type: "string", minLength: 1, default: "offers.json" },
  },
};

/**
 * The export every adapter module has. `options` are those under `adapters` in partnerctl.yaml,
 * `root` is the project's folder.
 */
export function adapter({ folder = ".partnerctl/account", offers = "offers.json" }, { root }) {
  const path = (...names) => resolve(root, folder, ...names);
  const load = (kind, id) =>
    readFile(path(kind, `${id}.json`), "utf8").then(JSON.parse, unlessMissing(undefined));
  const catalogue = () =>
    readFile(resolve(root, offers), "utf8").then((text) => JSON.parse(text).offers);

  /** A reader sees the old file or the new one, never half of one. */
  async function save(object) {
    const file = path(object.kind, `${object.id}.json`);
    await mkdir(path(object.kind), { recursive: true });
    await writeFile(`${file}.new`, JSON.stringify(object, null, 2), { flush: true });
    await rename(`${file}.new`, file);
    return object;
  }

  async function* read({ kind, id, parentId }, signal) {
    signal.throwIfAborted();
    if (kind === "Offer")
      return yield* (await catalogue()).filter((offer) => [undefined, offer.id].includes(id));
    const files =
      id === undefined ? await readdir(path(kind)).catch(unlessMissing([])) : [`${id}.json`];
    for (const file of files.filter((name) => name.endsWith(".json"))) {
      signal.throwIfAborted();
      const object = await load(kind, file.slice(0, -5));
      if (object && (parentId === undefined || object.parentId === parentId)) yield object;
    }
  }

  async function create({ kind, key, parent, desired }, { bound, signal }) {
    const made = { kind, id: randomUUID(), key, spec: desired, etag: "1" };
    if (kind === "Subscription") {
      const customer = bound(parent).id;
      const base =
        desired.addOnOf && bound(`${parent.replace("Customer", kind)}/${desired.addOnOf}`).id;
      return save({
        ...made,
        parentId: customer,
        spec: { ...desired, customer, ...(base && { addOnOf: base }) },
      });
    }
    for await (const other of read({ kind }, signal))
      if (other.key === key) throw trouble("conflict", `${key} exists`);
    return save(made);
  }

  const update = (old, spec) =>
    save({ ...old, key: keyOf[old.kind](spec), spec, etag: `${Number(old.etag) + 1}` });

  async function upgrade(old, desired) {
    const spec = { ...old.spec, ...desired, customer: old.parentId };
    const made = await save({ ...old, id: randomUUID(), key: spec.friendlyName, spec });
    await rm(path(old.kind, `${old.id}.json`));
    return made;
  }

  async function write(change, context) {
    context.signal.throwIfAborted();
    if (change.action === "create") return create(change, context);
    const old = await load(change.kind, change.observed.id);
    if (!old) throw trouble("missing", `${change.address} is not there`);
    if (context.current && context.current.etag !== old.etag)
      throw trouble("conflict", `${change.address} moved`);
    if (change.action === "update") return update(old, patched(old.spec, change.patch));
    if (change.action === "upgrade") return upgrade(old, change.desired);
    if (change.kind === "Subscription") await update(old, { ...old.spec, status: "suspended" });
    else await rm(path(old.kind, `${old.id}.json`));
  }

  return { name: "json-files", supports, account: async () => ({ id: path() }), read, write };
}

/** Only the fields the patch names change. */
function patched(spec, patch) {
  const copy = structuredClone(spec);
  for (const { path, value } of patch) {
    const [last, ...rest] = path.slice(1).split("/").reverse();
    let place = copy;
    for (const field of rest.reverse()) place = place[field] ??= {};
    place[last] = value;
  }
  return copy;
}

/** The tool knows an adapter's trouble by its name and its `problem`. */
const trouble = (problem, message) =>
  Object.assign(new Error(message), { name: "AdapterError", problem });

const unlessMissing = (instead) => (error) =>
  error.code === "ENOENT" ? instead : Promise.reject(trouble("unavailable", error.message));
