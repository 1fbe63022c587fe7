import { type EmulatedAccount, type PostalAddress, emptyAccount, type User } from "./state.ts";
import { begin, commit, type Premises } from "./transaction.ts";

/** The emulated tenant. Fictitious, and the same for every seed: settings can refer to it. */
export const tenant = {
  id: "4719d490-9b20-5e5e-b42d-099785562940",
  domain: "contosopartner.partner.onmschina.cn",
  mpnId: "1234567",
  principal: "automation@contosopartner.partner.onmschina.cn",
} as const;

/** The domains of user principal names: the tenant's initial domain and a verified one. */
export const verifiedDomains: readonly string[] = [tenant.domain, "contoso.partner.onmschina.cn"];

/** All directory roles by template id. Only activated ones are in the account. */
export const roleTemplates: Readonly<
  Record<string, { readonly displayName: string; readonly description: string }>
> = {
  "62e90394-69f5-4237-9190-012177145e10": {
    displayName: "Global Administrator",
    description: "Can manage all aspects of Azure AD.",
  },
  "b0f54661-2d74-4c50-afa3-1ec803f12efe": {
    displayName: "Billing Administrator",
    description: "Can perform common billing related tasks.",
  },
  "fe930be7-5e62-47db-91af-98c3a49a38b1": {
    displayName: "User Administrator",
    description: "Can manage all aspects of users and groups.",
  },
  "729827e3-9c14-49f7-bb1b-9608f156bbb8": {
    displayName: "Helpdesk Administrator",
    description: "Can reset passwords for non-administrators.",
  },
  "e8611ab8-c189-46e8-94e1-60213ab1f814": {
    displayName: "Privileged Role Administrator",
    description: "Can manage role assignments in Azure AD.",
  },
  "966707d0-3269-4727-9be2-8c3a10f19b9d": {
    displayName: "Password Administrator",
    description: "Can reset passwords for non-administrators.",
  },
  "f023fd81-a637-4b56-95fd-791ac0226033": {
    displayName: "Service Support Administrator",
    description: "Can read service health and open tickets.",
  },
  "88d8e3e3-8f55-4a1e-953a-9b9898b8876b": {
    displayName: "Directory Readers",
    description: "Can read basic directory information.",
  },
};

const globalAdministrator = "62e90394-69f5-4237-9190-012177145e10";
const agents = ["AdminAgents", "HelpdeskAgents", "SalesAgents"] as const;
/** The refresh token that is valid from the start. Settings can refer to it. */
export const firstRefreshToken = "emulator-refresh-token";

/** Creates a partner account: profiles, two administrators and the agent groups, no customers. */
export function seedAccount(premises: Premises, now: number): EmulatedAccount {
  const account = emptyAccount();
  const transaction = begin(account, premises, { now, asker: {} });
  const createdAt = new Date(now).toISOString();
  for (const [name, fields] of Object.entries(profiles()))
    transaction.put("profiles", name, { fields, version: 1 });
  const users = [
    person(["automation", "Partner", "Automation"], transaction.newId(), createdAt),
    person(["li.wei", "Wei", "Li"], transaction.newId(), createdAt),
  ];
  for (const user of users) {
    transaction.put("users", user.id, user);
    transaction.put("names", user.userPrincipalName, { id: user.id });
  }
  const administrators = users.map(({ id }) => id);
  for (const displayName of agents) {
    const id = transaction.newId();
    transaction.put("groups", id, {
      id,
      displayName,
      members: displayName === "AdminAgents" ? administrators : [],
    });
  }
  const role = {
    id: transaction.newId(),
    roleTemplateId: globalAdministrator,
    members: administrators,
  };
  transaction.put("roles", role.id, {
    ...roleTemplates[globalAdministrator],
    displayName: "Global Administrator",
    ...role,
  });
  transaction.put("refreshTokens", firstRefreshToken, { userId: administrators[0] ?? "" });
  commit(account, transaction.writes);
  return account;
}

function person(
  [nickname, givenName, surname]: readonly [string, string, string],
  id: string,
  createdAt: string,
): User {
  const userPrincipalName = `${nickname}@${tenant.domain}`;
  const properties = {
    displayName: `${surname} ${givenName}`,
    givenName,
    surname,
    mailNickname: nickname,
    accountEnabled: true,
    usageLocation: "CN",
    userType: "Member",
  };
  return { id, userPrincipalName, properties, createdAt };
}

function profiles(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const companyName = "Contoso Cloud (Shanghai) Co., Ltd.";
  const place: PostalAddress = {
    country: "CN",
    city: "Shanghai",
    state: "SH",
    addressLine1: "No. 1 Sample Road, Pudong",
    addressLine2: "",
    postalCode: "200120",
  };
  const person = { firstName: "Li", lastName: "Wei", phoneNumber: "02155550100" };
  return {
    legalbusiness: {
      companyName,
      address: { ...place, ...person },
      primaryContact: { ...person, email: `li.wei@${tenant.domain}` },
      companyApproverAddress: place,
      companyApproverEmail: `approver@${tenant.domain}`,
      vettingStatus: "authorized",
      vettingSubStatus: "none",
    },
    billing: {
      companyName,
      address: place,
      primaryContact: { firstName: "Zhang", lastName: "Min", phoneNumber: "02155550102" },
      purchaseOrderNumber: "9888",
      taxId: "91310000SAMPLE0001",
      billingCurrency: "CNY",
    },
    organization: {
      id: tenant.id,
      companyName,
      defaultAddress: { ...place, ...person },
      tenantId: tenant.id,
      domain: tenant.domain,
      email: `it@${tenant.domain}`,
      language: "zh",
      culture: "zh-CN",
    },
    support: {
      email: `support@${tenant.domain}`,
      telephone: "4005550100",
      website: "www.contoso.example",
    },
    mpn: { mpnId: tenant.mpnId, partnerName: "Contoso Cloud" },
  };
}
