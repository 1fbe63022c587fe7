import { refuse } from "../../account/refusal.ts";
import { tenant, verifiedDomains } from "../../account/seed.ts";
import type { DirectoryActivity } from "../../account/directory-activity.ts";
import { type Answer, type Exchange, ok, type Route } from "../pipeline/route.ts";
import { context, graphPage, selectProperties } from "./odata.ts";
import type { Properties } from "./filter-tokens.ts";

/** Microsoft Graph: the organization, its domains and the directory's audit log. */
export const directoryRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1.0/organization",
    handle: (exchange) => listed(exchange, "organization", [organization()]),
  },
  {
    method: "GET",
    path: "/v1.0/organization/:id",
    handle: (exchange) => one(exchange, "organization", [organization()]),
  },
  {
    method: "GET",
    path: "/v1.0/domains",
    handle: (exchange) => listed(exchange, "domains", domains()),
  },
  {
    method: "GET",
    path: "/v1.0/domains/:id",
    handle: (exchange) => one(exchange, "domains", domains()),
  },
  {
    method: "GET",
    path: "/v1.0/auditLogs/directoryAudits",
    handle: (exchange) =>
      listed(exchange, "auditLogs/directoryAudits", activities(exchange).reverse()),
  },
  {
    method: "GET",
    path: "/v1.0/auditLogs/directoryAudits/:id",
    handle: (exchange) => one(exchange, "auditLogs/directoryAudits", activities(exchange)),
  },
];

function organization(): Properties {
  return {
    id: tenant.id,
    displayName: "Contoso Cloud (Shanghai) Co., Ltd.",
    countryLetterCode: "CN",
    preferredLanguage: "zh",
    tenantType: "AAD",
    verifiedDomains: verifiedDomains.map((name) => ({
      capabilities: "Email, OfficeCommunicationsOnline",
      isDefault: name === tenant.domain,
      isInitial: name === tenant.domain,
      name,
      type: "Managed",
    })),
  };
}

function domains(): readonly Properties[] {
  return verifiedDomains.map((id) => ({
    id,
    authenticationType: "Managed",
    isAdminManaged: true,
    isDefault: id === tenant.domain,
    isInitial: id === tenant.domain,
    isRoot: true,
    isVerified: true,
    supportedServices: ["Email", "OfficeCommunicationsOnline"],
  }));
}

function activities(exchange: Exchange): Properties[] {
  return exchange.read((transaction) =>
    [...transaction.all("directoryAudit")].map((one) => activityBody(one)),
  );
}

function activityBody(activity: DirectoryActivity): Properties {
  const { id, at, category, operationType, targets, userId, userPrincipalName } = activity;
  const user =
    userId === undefined
      ? null
      : { id: userId, displayName: null, userPrincipalName, ipAddress: "" };
  const app =
    userId === undefined
      ? { appId: activity.applicationId, displayName: "partnerctl", servicePrincipalId: null }
      : null;
  return {
    id,
    category,
    correlationId: tenant.id,
    result: "success",
    resultReason: "",
    activityDisplayName: activity.activity,
    activityDateTime: at,
    loggedByService: "Core Directory",
    operationType,
    initiatedBy: { user, app },
    targetResources: targets.map(({ type, id: target, name }) => ({
      id: target,
      type,
      displayName: type === "User" ? null : name,
      userPrincipalName: type === "User" ? name : null,
      modifiedProperties: [],
    })),
    additionalDetails: [],
  };
}

function listed(exchange: Exchange, of: string, items: readonly Properties[]): Answer {
  return ok(
    graphPage(exchange, {
      of,
      items,
      propertiesOf: (item) => item,
      show: (item) => selectProperties(exchange, item, Object.keys(item)),
    }),
  );
}

function one(exchange: Exchange, of: string, items: readonly Properties[]): Answer {
  const id = exchange.parameter("id");
  const found = items.find((item) => String(item.id).toLowerCase() === id.toLowerCase());
  if (found === undefined)
    return refuse(404, "Request_ResourceNotFound", `Resource '${id}' does not exist.`);
  return ok({
    "@odata.context": context(exchange, `${of}/$entity`),
    ...selectProperties(exchange, found, Object.keys(found)),
  });
}
