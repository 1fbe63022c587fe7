import { filterable } from "../../account/customers.ts";
import { refuse } from "../../account/refusal.ts";
import type { Customer } from "../../account/state.ts";

/** Which customers a filter means: by a field the service can search, and how it starts. */
export function filterOf(filter: string | undefined): (customer: Customer) => boolean {
  if (filter === undefined) return () => true;
  const { field, value, operator } = parsed(filter);
  const of = filterable[String(field).toLowerCase()];
  if (of === undefined || !/^starts_?with$/i.test(String(operator)))
    return refuse(400, 800002, "Invalid input: customers can be filtered by CompanyName or Domain with starts_with");
  const start = String(value).toLowerCase();
  return (customer) => of(customer).toLowerCase().startsWith(start);
}

/** A filter by its keys in small letters: clients write them in any case. */
function parsed(filter: string): Readonly<Record<string, unknown>> {
  try {
    const given = Object.entries<unknown>(Object(JSON.parse(filter)));
    return Object.fromEntries(given.map(([key, one]) => [key.toLowerCase(), one]));
  } catch {
    return refuse(400, 800002, "Invalid input: filter is not JSON");
  }
}
