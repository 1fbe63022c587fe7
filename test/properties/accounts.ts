import fc from "fast-check";
import { loadOffers } from "../../src/adapters/local/load-offers.ts";
import type { OfferSpec } from "../../src/kinds/generated/offer.ts";
import type { Json, Spec } from "../../src/model/values/json.ts";
import { valueAt, withValue } from "../../src/model/values/pointer.ts";

/** A manifest document. */
export interface Document extends Spec {
  readonly kind: string;
  readonly metadata: Spec;
  readonly spec: Spec;
}

/** The user a new account begins with. */
export const admin = "admin@contoso.partner.onmschina.cn";

const offers = [...(await loadOffers())].map(([id, spec]) => ({ id, ...(spec as OfferSpec) }));
/** The offers that can be bought. */
export const bought = offers.filter(({ purchasable }) => purchasable);
const named = (...names: readonly string[]) => bought.filter(({ name }) => names.includes(name));
const bases = bought.filter(({ addOn }) => !addOn);
/** Those that have upgrades, add-ons, limits or trials are met more often. */
const interesting = named(
  ...[
    "Office 365 Business",
    "Office 365 Business Essentials",
    "Office 365 Business Premium",
    "Office 365 Enterprise E1",
  ],
  ...[
    "Office 365 Enterprise E3",
    "Exchange Online (Plan 1)",
    "Exchange Online (Plan 2)",
    "Office 365 Business Premium Trial",
  ],
);

/** An offer with its id. */
export type Offer = (typeof offers)[number];

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 1 });

/** A spec of those fields that are there. */
function spec(
  fields: Readonly<Record<string, fc.Arbitrary<Json | undefined>>>,
): fc.Arbitrary<Spec> {
  return fc
    .record(fields)
    .map((found) =>
      Object.fromEntries(
        Object.entries(found).filter((entry): entry is [string, Json] => entry[1] !== undefined),
      ),
    );
}

const notEmpty = (fields: Spec): boolean => Object.keys(fields).length > 0;

const words = fc.oneof(
  fc.constantFrom(
    "Wang Fang",
    "李娜",
    'O\'Neil: "x"',
    "- a",
    "yes",
    "0x1f",
    " a b ",
    "#1",
    "null",
    "1e3",
    "a\nb",
    "🙂",
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
);
const short = words.map((text) => text.slice(0, 50));
const email = fc.constantFrom("li.na@contoso.example", "Wang.Fang@Contoso.example", "x+y@a.cn");
const phone = fc.constantFrom("+86 138 0013 8000", "02155550100");

const address = (
  country: fc.Arbitrary<string | undefined>,
  field: typeof maybe,
): fc.Arbitrary<Spec> =>
  spec({
    country,
    state: field(fc.constantFrom("SH", "bj", "GD")),
    city: field(fc.constantFrom("Shanghai", "北京")),
    addressLine1: field(short),
    postalCode: field(fc.constantFrom("200120", "100080")),
    addressLine2: maybe(fc.constantFrom("", "Floor 3")),
    region: maybe(fc.constantFrom("", "Haidian")),
    firstName: sometimes(short),
    phoneNumber: sometimes(phone),
  });
const china = fc.constantFrom("CN", "cn");
const anAddress = address(maybe(china), maybe).filter(notEmpty);
const fullAddress = address(china, (field) => field);
const contact = spec({
  firstName: maybe(short),
  lastName: maybe(short),
  phoneNumber: maybe(phone),
}).filter(notEmpty);

const profile = (changing: boolean): fc.Arbitrary<Spec> => {
  const company = changing
    ? fc.constantFrom(
        "Contoso Cloud (Shanghai) Co., Ltd.",
        "Contoso Cloud (Shanghai) Co., Ltd.",
        "Another",
      )
    : fc.constant("Contoso Cloud (Shanghai) Co., Ltd.");
  return spec({
    legalBusiness: maybe(
      spec({
        companyName: maybe(company),
        address: maybe(anAddress),
        primaryContact: maybe(contact),
        companyApproverEmail: maybe(email),
      }).filter(notEmpty),
    ),
    billing: maybe(
      spec({
        companyName: maybe(words),
        address: maybe(anAddress),
        purchaseOrderNumber: maybe(fc.constantFrom("", "4711")),
        taxId: maybe(fc.constantFrom("", "9131")),
      }).filter(notEmpty),
    ),
    organization: maybe(
      spec({
        email: maybe(email),
        language: maybe(fc.constant("zh")),
        culture: maybe(fc.constantFrom("zh-CN", "ZH-cn")),
        address: maybe(anAddress),
      }).filter(notEmpty),
    ),
    support: maybe(
      spec({
        email: maybe(email),
        telephone: maybe(phone),
        website: maybe(fc.constant("https://contoso.example/a?b=c&d")),
      }).filter(notEmpty),
    ),
  }).filter(notEmpty);
};

const agents = fc.oneof(
  fc.constantFrom("none", "admin", "sales", "helpdesk"),
  fc
    .subarray(["admin", "sales", "helpdesk"])
    .chain((some) => fc.shuffledSubarray(some, { minLength: some.length })),
);
const recovery = spec({ alternateEmail: maybe(email), mobilePhone: maybe(phone) });
const roles = spec({
  agent: maybe(agents),
  administrator: maybe(fc.constantFrom("none", "global", "billing", "userManagement")),
});
/** What a user manifest may say but for who it is. */
export const userSpec = spec({
  displayName: maybe(words),
  givenName: maybe(short),
  surname: maybe(short),
  accountEnabled: maybe(fc.boolean()),
  usageLocation: maybe(fc.constantFrom("CN", "cn", "US")),
  recovery: maybe(recovery),
  roles: maybe(roles),
});

interface Standing {
  readonly state: "present" | "absent";
  readonly protect: boolean | undefined;
}

const standing: fc.Arbitrary<Standing> = fc.record({
  state: fc.constantFrom("present", "present", "present", "present", "absent"),
  protect: sometimes(fc.boolean()),
});

function document(
  kind: string,
  metadata: Spec,
  more: { readonly spec: Spec; readonly state?: string },
): Document {
  const { spec, state } = more;
  const absent: Spec = state === "absent" ? { state, reason: "The story is over." } : {};
  return { apiVersion: "partnercenter/v1", kind, metadata, ...absent, spec };
}

const head = (name: string, { protect }: Standing): Spec => ({
  name,
  ...(protect !== undefined && { protect }),
});

const userNames = ["admin", "li.na", "wang-fang", "Zhao_Lei", "x1"];
const principalName = (name: string): string => `${name}@contoso.partner.onmschina.cn`;
const spelled = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(text, text, text.toUpperCase());

const users: fc.Arbitrary<readonly Document[]> = fc.subarray(userNames).chain((names) =>
  fc.tuple(
    ...names.map((name) =>
      fc
        .tuple(spelled(principalName(name)), userSpec, standing)
        .map(([userPrincipalName, fields, stands]) =>
          document("User", head(name, stands), {
            spec: { userPrincipalName, ...fields },
            state: stands.state,
          }),
        ),
    ),
  ),
);

/**
 * Every subscription's customer is there, every add-on has a base that is there and active where it
 * is, and no offer's limits are passed.
 */
interface Ordered {
  readonly name: string;
  readonly offer: Offer;
  readonly spec: Spec;
  readonly stands: Standing;
  readonly allowDuplicate: boolean | undefined;
}

/** Seats within the limits of an offer. */
export const quantity = ({ quantity: { minimum, maximum } }: Offer): fc.Arbitrary<number> =>
  fc.integer({ min: minimum, max: Math.min(maximum, minimum + 20) });

function subscription(name: string, offer: Offer, more: Spec): fc.Arbitrary<Ordered> {
  const cycles = offer.billingCycles as readonly string[];
  const cycle = cycles.includes("monthly")
    ? maybe(fc.constantFrom(...cycles))
    : fc.constantFrom(...cycles);
  return fc
    .tuple(
      spec({
        offer: fc.constantFrom(offer.id, offer.id, offer.id.toLowerCase()),
        quantity: quantity(offer),
        ...("addOnOf" in more ? {} : { billingCycle: cycle }),
        friendlyName: sometimes(words.map((text) => `${name} ${text}`)),
        status: maybe(fc.constantFrom("active", "active", "active", "suspended")),
        partnerIdOnRecord: sometimes(fc.constantFrom("4711", "0042")),
      }),
      standing,
      sometimes(fc.boolean()),
    )
    .map(([fields, stands, allowDuplicate]) => ({
      name,
      offer,
      stands,
      allowDuplicate,
      spec: { ...fields, ...more },
    }));
}

const baseNames = ["office", "mail", "s3"];
const addOnNames = ["archive", "storage"];

const someBases: fc.Arbitrary<readonly Ordered[]> = fc
  .subarray(baseNames, { minLength: 1 })
  .chain((names) =>
    fc
      .tuple(
        ...names.map((name) =>
          fc
            .oneof(
              { weight: 3, arbitrary: fc.constantFrom(...interesting) },
              { weight: 1, arbitrary: fc.constantFrom(...bases) },
            )
            .chain((offer) => subscription(name, offer, {})),
        ),
      )
      .map(withinLimits),
  );

/** The first of those that count against the same limit. */
function withinLimits(ordered: readonly Ordered[]): readonly Ordered[] {
  return ordered.filter(
    ({ offer }, index) =>
      offer.limit.unit === "none" ||
      ordered.findIndex((one) => one.offer.id === offer.id) === index,
  );
}

function addOns(ordered: readonly Ordered[]): fc.Arbitrary<readonly Ordered[]> {
  const pairs = ordered
    .filter(({ stands, spec: { status } }) => stands.state === "present" && status !== "suspended")
    .flatMap((base) =>
      bought
        .filter(({ addOn, prerequisites }) => addOn && prerequisites.includes(base.offer.id))
        .map((offer) => ({ base, offer })),
    );
  if (pairs.length === 0) return fc.constant([]);
  return fc
    .subarray(addOnNames)
    .chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          fc
            .constantFrom(...pairs)
            .chain(({ base, offer }) => subscription(name, offer, { addOnOf: base.name })),
        ),
      ),
    );
}

const customerNames = ["fabrikam", "Northwind", "t.3"];
/** A new customer's billing profile. */
export const billing = spec({
  companyName: words,
  culture: fc.constantFrom("zh-CN", "ZH-cn", "en-us"),
  language: fc.constantFrom("zh-CHS", "en"),
  email,
  firstName: maybe(short),
  lastName: maybe(short),
  address: fullAddress,
});

const subscriptions = someBases.chain((ordered) =>
  addOns(ordered).map((more) => [...ordered, ...more]),
);

const customer = (name: string): fc.Arbitrary<readonly Document[]> =>
  fc
    .tuple(
      spelled(`${name.replace(".", "")}.partner.onmschina.cn`),
      billing,
      standing,
      subscriptions,
    )
    .map(([domain, profile, stands, ordered]) => {
      const own = document("Customer", head(name, stands), {
        spec: { domain, billing: profile },
        state: stands.state,
      });
      return stands.state === "absent"
        ? [own]
        : [own, ...ordered.map((one) => asDocument(name, one))];
    });

function asDocument(
  customerName: string,
  { name, stands, allowDuplicate, spec }: Ordered,
): Document {
  const metadata = {
    ...head(name, stands),
    ...(allowDuplicate !== undefined && { allowDuplicate }),
  };
  return document("Subscription", metadata, {
    spec: { customer: customerName, ...spec },
    state: stands.state,
  });
}

const customers: fc.Arbitrary<readonly Document[]> = fc
  .subarray(customerNames)
  .chain((names) => fc.tuple(...names.map(customer)))
  .map((lists) => lists.flat());

const catalog = fc
  .uniqueArray(fc.constantFrom(...bases), { maxLength: 5 })
  .chain((some) => fc.tuple(...some.map(({ id }) => fc.constantFrom(id, id.toLowerCase()))))
  .map((featuredOffers) => document("CatalogCustomization", {}, { spec: { featuredOffers } }));

function account(changing: boolean): fc.Arbitrary<readonly Document[]> {
  return fc
    .tuple(maybe(profile(changing)), users, maybe(catalog), customers, fc.boolean())
    .map(([fields, people, featured, rest, moving]) => [
      ...(fields
        ? [document("PartnerProfile", {}, { spec: moving ? withContact(fields, people) : fields })]
        : []),
      ...people,
      ...(featured ? [featured] : []),
      ...rest,
    ]);
}

/** The legal contact is moved to a declared global admin, where there is one. */
function withContact(fields: Spec, people: readonly Document[]): Spec {
  const isAdmin = ({ spec, state }: Document) =>
    state !== "absent" &&
    spec.accountEnabled !== false &&
    valueAt(spec, "/roles/administrator") === "global";
  const contact = people.find(isAdmin)?.spec.userPrincipalName;
  return contact === undefined
    ? fields
    : withValue(fields, "/legalBusiness/primaryContact/email", contact);
}

/**
 * Everything a project may declare of an account that is as it was founded: all of it can be
 * reached.
 */
export const anAccount = account(false);

/** The same, where what is fixed may differ from what the account has. */
export const anotherAccount = account(true);
