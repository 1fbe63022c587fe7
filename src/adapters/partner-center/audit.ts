import type { AuditEntry } from "../../model/plan/audit-entry.ts";
import { isSpec, type Json, type Spec } from "../../model/values/json.ts";
import { valueAt } from "../../model/values/pointer.ts";
import { collection, odata } from "./http/paging.ts";
import type { Service } from "./kind-adapter.ts";
import { idOf, textAt } from "./reading.ts";

type Auditing = Pick<Service, "wire" | "options" | "clock">;

const day = 24 * 60 * 60 * 1000;
/** Partner Center refuses a start of more than 90 days ago. */
const keptDays = 89;

/**
 * Returns a function that yields the records of the sources that the option `audit` names;
 * undefined if it names none.
 */
export function audits(
  service: Auditing,
): ((since: string, signal: AbortSignal) => AsyncIterable<AuditEntry>) | undefined {
  const { records, directory } = service.options.audit;
  if (!records && !directory) return undefined;
  return async function* entries(since, signal) {
    const oldest = service.clock.now().getTime() - keptDays * day;
    const start = new Date(Math.max(Date.parse(since), oldest)).toISOString().slice(0, 10);
    if (records) yield* partnerRecords(service, start, signal);
    if (directory) yield* directoryRecords(service, start, signal);
  };
}

/** Source: audit-and-events.md, section 1. Only records of what succeeded count. */
async function* partnerRecords(
  { wire }: Auditing,
  since: string,
  signal: AbortSignal,
): AsyncGenerator<AuditEntry> {
  const path = `/v1/auditrecords?startDate=${since}&size=500`;
  for await (const record of collection(wire, { path, as: "either", signal })) {
    const about = objectOf(record);
    const at = textAt(record, "/operationDate");
    if (about === undefined || at === undefined || !isSuccess(record)) continue;
    yield {
      ...about,
      at,
      ...byOf(textAt(record, "/userPrincipalName") ?? textAt(record, "/applicationId")),
      operation: textAt(record, "/operationType") ?? "",
      ...correlationOf(textAt(record, "/originalCorrelationId")),
    };
  }
}

function isSuccess(record: Spec): boolean {
  const status = textAt(record, "/operationStatus") ?? "succeeded";
  return status.toLowerCase() === "succeeded";
}

function objectOf(record: Spec): Pick<AuditEntry, "kind" | "id"> | undefined {
  const type = textAt(record, "/resourceType")?.toLowerCase();
  const customer = textAt(record, "/customerId");
  if (type === "customer" && customer !== undefined)
    return { kind: "Customer", id: idOf(customer) };
  const id = type === "subscription" ? idInText(record) : undefined;
  return id === undefined ? undefined : { kind: "Subscription", id: idOf(id) };
}

/** The id in `resourceNewValue`: a JSON document in a text, of which nothing else is read. */
function idInText(record: Spec): string | undefined {
  try {
    const value: Json = JSON.parse(textAt(record, "/resourceNewValue") ?? "null");
    return isSpec(value) ? (textAt(value, "/Id") ?? textAt(value, "/id")) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Records of the directory (GET /auditLogs/directoryAudits). Those of this application itself are
 * left out: they carry no id of the session that sent the request.
 */
async function* directoryRecords(
  { wire, options }: Auditing,
  since: string,
  signal: AbortSignal,
): AsyncGenerator<AuditEntry> {
  const start = `${since}T00:00:00Z`;
  const path = `/v1.0/auditLogs/directoryAudits?$filter=activityDateTime%20ge%20${start}&$top=500`;
  for await (const record of odata(wire, { path, as: "either", signal })) {
    const at = textAt(record, "/activityDateTime");
    const own = textAt(record, "/initiatedBy/app/appId")?.toLowerCase();
    if (at === undefined || own === options.clientId.toLowerCase()) continue;
    if ((textAt(record, "/result") ?? "success") !== "success") continue;
    const by =
      textAt(record, "/initiatedBy/user/userPrincipalName") ??
      textAt(record, "/initiatedBy/app/displayName");
    const operation = textAt(record, "/activityDisplayName") ?? "";
    for (const id of usersIn(record))
      yield { kind: "User", id: idOf(id), at, ...byOf(by), operation };
  }
}

function usersIn(record: Spec): readonly string[] {
  const targets = valueAt(record, "/targetResources");
  return (Array.isArray(targets) ? targets : []).flatMap((one: Json) =>
    textAt(one, "/type")?.toLowerCase() === "user" ? (textAt(one, "/id") ?? []) : [],
  );
}

function byOf(by: string | undefined): Pick<AuditEntry, "by"> {
  return by === undefined ? {} : { by };
}

function correlationOf(correlation: string | undefined): Pick<AuditEntry, "correlation"> {
  return correlation === undefined ? {} : { correlation };
}
