import { mkdirSync, rmSync, writeFileSync } from "node:fs";

const perCustomer = 11;

/**
 * The nth of so many records: a customer, then its ten subscriptions, then the next customer.
 * `revised` differs in one field that can be changed.
 */
export function record(index, revised = false) {
  const number = Math.floor(index / perCustomer);
  const customer = `customer-${String(number).padStart(6, "0")}`;
  const nth = index % perCustomer;
  return nth === 0
    ? { kind: "Customer", name: customer, spec: customerSpec(customer, number, revised) }
    : {
        kind: "Subscription",
        name: `office-${nth}`,
        spec: subscriptionSpec(customer, nth, revised),
      };
}

function customerSpec(customer, number, revised) {
  const person = { firstName: "Fang", lastName: "Wang" };
  const address = {
    country: "CN",
    state: "GD",
    city: "Guangzhou",
    addressLine1: `No. ${number} Huacheng Avenue${revised ? ", Tower 2" : ""}`,
    postalCode: "510623",
    ...person,
    phoneNumber: "02055550120",
  };
  const email = `accounts${number}@example.com`;
  const billing = {
    companyName: `Company ${number} Trading`,
    culture: "zh-CN",
    language: "zh-CHS",
    email,
    ...person,
    address,
  };
  return { domain: `${customer.replace("-", "")}.partner.onmschina.cn`, billing };
}

function subscriptionSpec(customer, nth, revised) {
  return {
    customer,
    offer: nth % 2 ? "e3" : "e1",
    friendlyName: `Office for department ${nth} of ${customer}`,
    quantity: 10 + nth + (revised ? 1 : 0),
    billingCycle: "monthly",
    status: "active",
  };
}

const notes = {
  Customer: "# As in the framework contract; the account manager keeps it up to date.\n",
  Subscription:
    "# The seats follow the number of people in the department: see the contract, and ask\n# its head before changing them. Seats can be added at any time and are billed from that\n# day on; they can be taken away only while the service still allows it. The friendly name\n# is what the customer sees, and it is told to the help desk too.\n",
};

function yaml(fields, indent) {
  return Object.entries(fields)
    .map(([name, value]) =>
      typeof value === "object"
        ? `${indent}${name}:\n${yaml(value, `${indent}  `)}`
        : `${indent}${name}: ${typeof value === "string" && /^\d+$/.test(value) ? JSON.stringify(value) : value}\n`,
    )
    .join("");
}

/** A record as a manifest of about 550 bytes. */
export function manifest({ kind, name, spec }) {
  return `apiVersion: partnercenter/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${notes[kind]}spec:\n${yaml(spec, "  ")}`;
}

const settings = `apiVersion: partnercenter/v1
kind: Settings
adapter: local
guards: { share: 100 }
offers: { e3: 5FA4F213-638C-5693-ADE5-924129D90D90, e1: 8C68C348-8CDD-5DFB-B2EF-1967BC96E202 }
credentials: { recipients: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p] }
`;

/**
 * Writes a project of so many manifests, one file a customer or one file a manifest, and returns
 * how many bytes they are.
 */
export function writeProject(folder, { count, layout }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${folder}/manifests`, { recursive: true });
  writeFileSync(`${folder}/partnerctl.yaml`, settings);
  return writeManifests(folder, { count, layout });
}

/** Writes the manifests again; with `every`, each so-manieth is revised. */
export function writeManifests(folder, { count, layout, every }) {
  let bytes = 0;
  for (const [name, documents] of files(count, { layout, every })) {
    const text = documents.join("---\n");
    bytes += text.length;
    writeFileSync(`${folder}/manifests/${name}.yaml`, text);
  }
  return bytes;
}

function* files(count, { layout, every }) {
  for (let first = 0; first < count; first += perCustomer) {
    const records = Array.from({ length: Math.min(perCustomer, count - first) }, (_, nth) =>
      record(first + nth, every !== undefined && (first + nth) % every === 0),
    );
    const [{ name }] = records;
    if (layout === "customer") yield [name, records.map(manifest)];
    else for (const [nth, one] of records.entries()) yield [`${name}-${nth}`, [manifest(one)]];
  }
}
