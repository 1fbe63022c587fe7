import type { WriteContext } from "../../model/adapter.ts";
import type { Observed } from "../../model/observed.ts";
import { equal, type Json, type Spec } from "../../model/values/json.ts";
import type { Pointer } from "../../model/values/pointer.ts";
import { touches } from "./capabilities.ts";
import { fromWire, toWire } from "./field-mapping.ts";
import { acceptReply, type Call, type Wire } from "./http/client.ts";
import { codeOf } from "./http/errors.ts";
import { idAfter } from "./http/retry.ts";
import {
  asksFor,
  type ChangeTo,
  demandSame,
  type KindAdapter,
  part,
  patchFields,
  type Service,
} from "./kind-adapter.ts";
import { type ProfileSection, sections } from "./partner-profile/sections.ts";
import { textAt } from "./reading.ts";

const kind = "PartnerProfile";

/** The partner's profiles: four sections, each replaced whole. */
export function partnerProfile(service: Service): KindAdapter {
  const all = sections(service.options);
  const seen = all.filter(({ name }) =>
    touches(service.supports[kind]?.readable ?? [], `/${name}`),
  );

  async function readAll(signal: AbortSignal, fields?: readonly Pointer[]): Promise<Observed> {
    const wanted = seen.filter(({ name }) => touches(fields ?? [""], `/${name}`));
    const bodies = await Promise.all(
      wanted.map(async (one) => [one, await fetch(service.wire, one, signal)] as const),
    );
    const specs = bodies.map(([one, body]) => [one.name, fromWire(body, one.fields)] as const);
    const found = observed(await service.account(signal), Object.fromEntries(specs));
    return fields ? { ...found, handle: versions(bodies) } : found;
  }

  return {
    kind,
    cost(step) {
      if ("reading" in step) {
        const fields = step.reading === "object" ? step.fields : undefined;
        return {
          reads: seen.filter(({ name }) => touches(fields ?? [""], `/${name}`)).length,
          writes: 0,
        };
      }
      const asked =
        step.action === "update" ? all.filter(({ name }) => asksFor(step, `/${name}`)) : [];
      return {
        reads: asked.filter((one) => !one.versioned || !seen.includes(one)).length,
        writes: asked.length,
      };
    },
    async *read({ id, parentId, fields }, signal) {
      signal.throwIfAborted();
      if (parentId !== undefined || (id !== undefined && id !== (await service.account(signal))))
        return;
      yield await readAll(signal, fields);
    },
    async update(change, context) {
      const current = context.current ?? (await readAll(context.signal));
      const wanted = patchFields(current.spec, change);
      let spec = current.spec;
      for (const section of all.filter(({ name }) => asksFor(change, `/${name}`)))
        spec = {
          ...spec,
          [section.name]: await replace(service.wire, section, {
            wanted: part(wanted, section.name),
            change,
            context,
          }),
        };
      return observed(current.id, spec);
    },
  };
}

/**
 * The profiles that have an ETag, by name, for use in an update: the service refuses an outdated
 * ETag.
 */
function versions(
  bodies: readonly (readonly [ProfileSection, Json | undefined])[],
): Readonly<Record<string, string>> {
  const versioned = bodies.filter(([, body]) => textAt(body, "/attributes/etag") !== undefined);
  return Object.fromEntries(versioned.map(([{ name }, body]) => [name, JSON.stringify(body)]));
}

async function fetch(
  wire: Wire,
  { path, query = "", readAs }: ProfileSection,
  signal: AbortSignal,
): Promise<Json | undefined> {
  const call: Call = { method: "GET", path: path + query, as: readAs, signal };
  return acceptReply(call, await wire.api(call));
}

interface Update {
  readonly wanted: Spec;
  readonly change: ChangeTo<"update">;
  readonly context: WriteContext;
}

async function replace(
  wire: Wire,
  section: ProfileSection,
  { wanted, change, context }: Update,
): Promise<Spec> {
  const { requestId, signal, current } = context;
  const { name, path, fields } = section;
  // A section without an ETag is read again here, so that no other change is lost.
  const known = current?.handle?.[name];
  const body: Json | undefined =
    known === undefined ? await fetch(wire, section, signal) : JSON.parse(known);
  if (current) demandSame(fromWire(body, fields), part(current.spec, name), change);
  const call: Call = {
    method: "PUT",
    path,
    as: "user",
    body: toWire(body, wanted, fields),
    requestId: idAfter(requestId, name),
    signal,
  };
  const reply = await wire.api(call);
  // An earlier try of this request may have changed the ETag. If the section already has the
  // desired values, the update is done.
  const now =
    reply.status === 400 && codeOf(reply) === "2055"
      ? await fetch(wire, section, signal)
      : undefined;
  return fromWire(
    now !== undefined && equal(toWire(now, wanted, fields), now) ? now : acceptReply(call, reply),
    fields,
  );
}

function observed(id: string, spec: Spec): Observed {
  const filled = Object.entries(spec).filter(
    ([, section]) => Object.keys(Object(section)).length > 0,
  );
  return { kind, id, key: kind, spec: Object.fromEntries(filled) };
}

/**
 * The profile sections that the settings read or write and that need a signed-in user. Empty if the
 * application's sign-in is sufficient.
 */
export function needsUser({
  options,
  supports,
}: Pick<Service, "options" | "supports">): readonly string[] {
  const { readable = [], writable = [] } = supports[kind] ?? {};
  return sections(options)
    .filter(
      ({ name, readAs }) =>
        (readAs === "user" && touches(readable, `/${name}`)) || touches(writable, `/${name}`),
    )
    .map(({ name }) => `${kind}/${name}`);
}
