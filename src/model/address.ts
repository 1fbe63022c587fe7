/** The one identity of a declared object: `Customer/fabrikam`, `Subscription/fabrikam/office-e3`; a singleton's is its kind alone. */
export type Address = string & { readonly brand: "Address" };

/** The address of an object of a kind, by its name and, where names are unique only within a parent, the parent's name. */
export function address(kind: string, name?: string, parentName?: string): Address {
  const parent = parentName === undefined ? "" : `/${parentName}`;
  return (name === undefined ? `${kind}${parent}` : `${kind}${parent}/${name}`) as Address;
}

/** The kind an address names. */
export function kindOf(address: Address): string {
  return address.split("/", 1)[0] ?? address;
}

/** The address of what a name means beside an object: in the same parent. */
export function siblingOf(own: Address, name: string): Address {
  return `${own.slice(0, own.lastIndexOf("/"))}/${name}` as Address;
}

/** The name of what an object lives in; undefined where its address names none. */
export function parentNameOf(address: Address): string | undefined {
  const [, parent, ...rest] = address.split("/");
  return rest.length > 0 ? parent : undefined;
}

/** The name an address ends with; empty for a singleton. */
export function nameOf(address: Address): string {
  return address.slice(address.lastIndexOf("/") + 1 || address.length);
}
