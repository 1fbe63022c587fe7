import type { WriteContext } from "../../model/adapter.ts";
import type { Json, Spec } from "../../model/json.ts";
import type { Observed } from "../../model/observed.ts";
import { touches } from "./capabilities.ts";
import { asksFor, type ChangeTo, demandSame, type KindAdapter, part, patched, type Service } from "./kind-adapter.ts";
import type { Options } from "./options.ts";
import { idAfter } from "./retry.ts";
import { addressFields, contactFields, type Field, fromWire, same, toWire } from "./shapes.ts";
import type { Signed } from "./tokens.ts";
import { accepted, type Call } from "./wire.ts";

const kind = "PartnerProfile";

interface Section {
  readonly name: string;
  readonly path: string;
  readonly query?: string;
  /** Who may read it; only a user may replace one. */
  readonly readAs: Signed;
  readonly fields: readonly Field[];
}

const contact = same("primaryContact", { within: contactFields });
const address = same("address", { within: addressFields });

function sections({ supportProfilePath }: Options): readonly Section[] {
  return [
    {
      name: "legalBusiness",
      path: "/v1/profiles/legalbusiness",
      query: "?vettingVersion=Current",
      readAs: "either",
      fields: [
        ...[same("companyName"), address, contact],
        ...[same("companyApproverAddress", { within: addressFields }), same("companyApproverEmail")],
      ],
    },
    {
      name: "billing",
      path: "/v1/profiles/billing",
      readAs: "user",
      fields: [same("companyName"), address, contact, same("purchaseOrderNumber", { blank: true }), same("taxId", { blank: true })],
    },
    {
      name: "organization",
      path: "/v1/profiles/organization",
      readAs: "user",
      fields: [
        ...["companyName", "email", "language", "culture"].map((name) => same(name)),
        { name: "address", wire: "defaultAddress", within: addressFields },
      ],
    },
    {
      name: "support",
      path: supportProfilePath,
      readAs: "user",
      fields: [same("email"), same("telephone"), same("website", { spell: withScheme })],
    },
  ];
}

/** The portal takes a host for a web site, where a manifest wants a URI. */
function withScheme(website: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(website) ? website : `https://${website}`;
}

/** The partner's own profiles: four singletons, each replaced whole. */
export function partnerProfile(service: Service): KindAdapter {
  const { wire, options, supports } = service;
  const all = sections(options);
  const readable = supports[kind]?.readable ?? [];

  async function fetch({ path, query = "", readAs }: Section, signal: AbortSignal): Promise<Json | undefined> {
    const call: Call = { method: "GET", path: path + query, as: readAs, signal };
    return accepted(call, await wire.api(call));
  }

  async function replace(section: Section, wanted: Spec, { change, context }: Update): Promise<Spec> {
    const body = await fetch(section, context.signal);
    const found = fromWire(body, section.fields);
    if (context.current) demandSame(found, part(context.current.spec, section.name), change);
    const requestId = idAfter(context.requestId, section.name);
    const call: Call = {
      method: "PUT",
      path: section.path,
      as: "user",
      body: toWire(body, wanted, section.fields),
      requestId,
      signal: context.signal,
    };
    return fromWire(accepted(call, await wire.api(call)), section.fields);
  }

  async function readAll(signal: AbortSignal): Promise<Observed> {
    const seen = all.filter(({ name }) => touches(readable, `/${name}`));
    const specs = await Promise.all(seen.map(async (one) => [one.name, fromWire(await fetch(one, signal), one.fields)] as const));
    return observed(await service.account(signal), Object.fromEntries(specs));
  }

  return {
    kind,
    cost(step) {
      if ("reading" in step) return { reads: all.filter(({ name }) => touches(readable, `/${name}`)).length, writes: 0 };
      const asked = step.action === "update" ? all.filter(({ name }) => asksFor(step, `/${name}`)).length : 0;
      return { reads: asked, writes: asked };
    },
    async *read({ id, parentId }, signal) {
      signal.throwIfAborted();
      if (parentId !== undefined || (id !== undefined && id !== (await service.account(signal)))) return;
      yield await readAll(signal);
    },
    async update(change, context) {
      const current = context.current ?? (await readAll(context.signal));
      let spec = current.spec;
      for (const section of all.filter(({ name }) => asksFor(change, `/${name}`)))
        spec = { ...spec, [section.name]: await replace(section, part(patched(current.spec, change), section.name), { change, context }) };
      return observed(current.id, spec);
    },
  };
}

interface Update {
  readonly change: ChangeTo<"update">;
  readonly context: WriteContext;
}

function observed(id: string, spec: Spec): Observed {
  const filled = Object.entries(spec).filter(([, section]) => Object.keys(Object(section)).length > 0);
  return { kind, id, key: kind, spec: Object.fromEntries(filled) };
}

/** What of the partner's profiles the settings ask for that only a signed-in user may do; empty where the application will do. */
export function needsUser({ options, supports }: Pick<Service, "options" | "supports">): readonly string[] {
  const { readable = [], writable = [] } = supports[kind] ?? {};
  return sections(options)
    .filter(({ name, readAs }) => (readAs === "user" && touches(readable, `/${name}`)) || touches(writable, `/${name}`))
    .map(({ name }) => `${kind}/${name}`);
}
