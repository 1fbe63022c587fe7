import type { Schema } from "../pipeline/route.ts";
import { count, object, text } from "../pipeline/schemas.ts";
import { list, shape, word } from "./shape.ts";

const unset: Schema = { type: ["string", "null"] };

/**
 * A directory object: the selected properties, which need not include its id, and never a password.
 */
const thing: Schema = {
  ...object({
    ...{ id: word, displayName: unset, userPrincipalName: unset, roleTemplateId: word },
    accountEnabled: { type: ["boolean", "null"] },
  }),
  propertyNames: { not: { pattern: "assword" } },
};
const things = shape(
  {
    "@odata.context": word,
    "@odata.count": count,
    "@odata.nextLink": text(1),
    value: list(thing),
  },
  ...["@odata.count", "@odata.nextLink"],
);
const delta = shape({ "@odata.context": word, "@odata.deltaLink": text(1), value: list(thing) });
const memberships = shape({ value: list(thing) });
const entity = { ...thing, required: ["@odata.context"] };
const role = shape(
  {
    "@odata.context": word,
    deletedDateTime: { type: "null" },
    id: word,
    description: word,
    displayName: word,
    roleTemplateId: word,
  },
  ...["@odata.context", "deletedDateTime", "description"],
);

/** The answers of Microsoft Graph. */
export const directoryAnswers: Readonly<Record<string, Schema>> = {
  "GET /v1.0/users": things,
  "GET /v1.0/users/delta": delta,
  "GET /v1.0/me": entity,
  "GET /v1.0/organization": things,
  "GET /v1.0/organization/:id": entity,
  "GET /v1.0/domains": things,
  "GET /v1.0/domains/:id": entity,
  "GET /v1.0/auditLogs/directoryAudits": things,
  "GET /v1.0/auditLogs/directoryAudits/:id": entity,
  "POST /v1.0/users": entity,
  "GET /v1.0/users/:user": entity,
  "GET /v1.0/users/:user/memberOf": memberships,
  "GET /v1.0/groups": things,
  "GET /v1.0/groups/delta": delta,
  "GET /v1.0/groups/:id": entity,
  "GET /v1.0/directory/deletedItems/microsoft.graph.user": things,
  "POST /v1.0/directory/deletedItems/:user/restore": entity,
  "GET /v1.0/groups/:id/members": things,
  "GET /v1.0/directoryRoles": shape({ "@odata.context": word, value: list(role) }),
  "POST /v1.0/directoryRoles": role,
  "GET /v1.0/directoryRoles/:id": role,
  "GET /v1.0/directoryRoles/:id/members": things,
};
