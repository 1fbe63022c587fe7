import { lookUp } from "../../account/lookup.ts";
import { filterable } from "../../account/customers.ts";
import { refuse } from "../../account/refusal.ts";
import type { Customer } from "../../account/state.ts";

/**
 * Parses the `filter` of a customer list: CompanyName or Domain with starts_with. All customers
 * match if it is undefined. Refuses any other filter with 400/800002.
 */
export function filterOf(filter: string | undefined): (customer: Customer) => boolean {
  if (filter === undefined) return () => true;
  const { field, value, operator } = parsed(filter);
  const of = lookUp(filterable, String(field).toLowerCase());
  if (of === undefined || !/^starts_?with$/i.test(String(operator)))
    return refuse(
      400,
      800002,
      "Invalid input: customers can be filtered by CompanyName or Domain with starts_with",
    );
  const start = String(value).toLowerCase();
  return (customer) => of(customer).toLowerCase().startsWith(start);
}

/** A filter with its keys in lower case: clients send them in any case. */
function parsed(filter: string): Readonly<Record<string, unknown>> {
  try {
    const given = Object.entries<unknown>(Object(JSON.parse(filter)));
    return Object.fromEntries(given.map(([key, one]) => [key.toLowerCase(), one]));
  } catch {
    return refuse(400, 800002, "Invalid input: filter is not JSON");
  }
}
