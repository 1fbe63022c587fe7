import type { Query } from "../../../model/adapter.ts";
import type { Json } from "../../../model/values/json.ts";
import type { Observed } from "../../../model/observed.ts";
import { isAbsent } from "../http/errors.ts";
import { part, type Service } from "../kind-adapter.ts";
import { collection, collectionPages, collectAll, itemsOf, type ListPage } from "../http/paging.ts";
import { idIn, pathSegment, textAt } from "../reading.ts";
import { addressFields, type FieldMapping, fromWire, same } from "../field-mapping.ts";
import type { Search } from "../lookup-or-list.ts";
import { acceptReply, type Call, type Wire } from "../http/client.ts";

const kind = "Customer";

/** The fields of the billing profile in manifests and in the API. */
export const billingFields: readonly FieldMapping[] = [
  ...["companyName", "culture", "language", "email", "firstName", "lastName"].map((name) =>
    same(name),
  ),
  { name: "address", wire: "defaultAddress", within: addressFields },
];

/** The list of customers. It has no billing profiles. */
function customerPages(
  { wire, options }: Pick<Service, "wire" | "options">,
  signal: AbortSignal,
): AsyncIterable<ListPage> {
  return collectionPages(wire, {
    path: `/v1/customers?size=${options.pageSize.customers}`,
    signal,
  });
}

/**
 * How customers are listed and looked up. Each billing profile takes one more request, because the
 * list has none.
 */
export function searchOf(service: Service, { whole }: Query, signal: AbortSignal): Search {
  const { wire, options } = service;
  const complete = async (body: Json): Promise<readonly Observed[]> => {
    const brief = observedCustomer(body);
    if (whole && !whole(brief)) return [brief];
    return [(await fetchCustomer(wire, brief.id, { signal }))[0] ?? brief];
  };
  return {
    size: options.pageSize.customers,
    parallelism: options.connections,
    pages: () => customerPages(service, signal),
    byId: (id) => fetchCustomer(wire, id, { signal }),
    async byKey(domain) {
      const filter = JSON.stringify({ Field: "Domain", Value: domain, Operator: "starts_with" });
      const found = await collectAll(
        collection(wire, {
          path: `/v1/customers?size=0&filter=${encodeURIComponent(filter)}`,
          signal,
        }),
      );
      return (await Promise.all(found.map(complete))).flat();
    },
    observed: complete,
  };
}

/**
 * Returns the customer with its billing profile, or an empty list if it does not exist. With
 * `fields`, the `handle` keeps the profile for the update.
 */
export async function fetchCustomer(
  wire: Wire,
  id: string,
  { signal, fields }: Pick<Query, "fields"> & { readonly signal: AbortSignal },
): Promise<readonly Observed[]> {
  const call: Call = { method: "GET", path: `/v1/customers/${pathSegment(id)}`, signal };
  const reply = await wire.api(call);
  if (isAbsent(reply)) return [];
  const body = acceptReply(call, reply);
  const billing = part(body, "billingProfile");
  return [
    { ...observedCustomer(body), ...(fields && { handle: { billing: JSON.stringify(billing) } }) },
  ];
}

/** The customer as reads return it, with the domain in lower case. */
export function observedCustomer(body: Json | undefined): Observed {
  const domain = (textAt(body, "/companyProfile/domain") ?? "").toLowerCase();
  const billing = fromWire(part(body, "billingProfile"), billingFields);
  const etag = textAt(body, "/billingProfile/attributes/etag");
  return {
    kind,
    id: idIn(body),
    key: domain,
    spec: { domain, ...(Object.keys(billing).length > 0 && { billing }) },
    ...(etag !== undefined && { etag }),
  };
}

/** Returns the ids of all customers. */
export async function customerIds(
  service: Pick<Service, "wire" | "options">,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return (await collectAll(itemsOf(customerPages(service, signal)))).map((body) => idIn(body));
}
