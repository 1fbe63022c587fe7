const modeline = (up: string): string =>
  `# yaml-language-server: $schema=${up}.vscode/schemas/manifest.schema.json\n`;

const users = `# The partner's own staff. Recovery contacts matter: nobody can reset another user's password here.
apiVersion: partnercenter/v1
kind: User
metadata:
  name: admin
  protect: true # refuse anything that cannot be undone
spec:
  userPrincipalName: admin@contoso.partner.onmschina.cn # the simulated account's first global admin
  recovery:
    alternateEmail: admin@mail.example
  roles:
    administrator: global
---
apiVersion: partnercenter/v1
kind: User
metadata:
  name: wang-fang
spec:
  userPrincipalName: wang.fang@contoso.partner.onmschina.cn
  displayName: Wang Fang
  givenName: Fang
  surname: Wang
  usageLocation: CN
  recovery:
    alternateEmail: wang.fang@mail.example
  roles:
    agent: sales
`;

const profile = `# The partner itself. Only what is written here is managed; the rest stays as it is.
apiVersion: partnercenter/v1
kind: PartnerProfile
spec:
  support:
    email: help@contoso.example
`;

const catalog = `# What the sales agents see first: at most five offers, in this order.
apiVersion: partnercenter/v1
kind: CatalogCustomization
spec:
  featuredOffers:
    - enterprise-e3
    - business-premium
`;

const customer = `# A customer and what it buys. Rename this file to fabrikam.yaml to plan it: creating a customer and ordering
# cannot be undone, so the plan stops there until somebody says --allow irreversible (or yes, at a terminal).
apiVersion: partnercenter/v1
kind: Customer
metadata:
  name: fabrikam
spec:
  domain: fabrikam.partner.onmschina.cn
  billing:
    companyName: Fabrikam Machinery (Suzhou) Co., Ltd.
    culture: zh-CN
    language: zh-CHS
    email: finance@fabrikam.example
    firstName: Jun
    lastName: Sun
    address:
      country: CN
      city: Suzhou
      state: JS
      addressLine1: No. 218 Xinghu Street
      postalCode: "215123"
---
apiVersion: partnercenter/v1
kind: Subscription
metadata:
  name: office
spec:
  customer: fabrikam
  offer: enterprise-e3
  quantity: 25
  billingCycle: monthly
`;

/**
 * The manifests of a new project, by path. They plan and apply on a new simulated account. With a
 * pipeline, leaves out profile and catalog customization: an application without a signed-in user
 * may not write them.
 */
export function firstAccount(withPipeline: boolean): Readonly<Record<string, string>> {
  const forPeople = {
    "manifests/partner-profile.yaml": modeline("../") + profile,
    "manifests/catalog-customization.yaml": modeline("../") + catalog,
  };
  return {
    ...(!withPipeline && forPeople),
    "manifests/users.yaml": modeline("../") + users,
    "manifests/customers/fabrikam.yaml.example": modeline("../../") + customer,
  };
}
