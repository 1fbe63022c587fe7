/**
 * The identity of a declared object: `Customer/fabrikam`, `Subscription/fabrikam/office-e3`. For a
 * singleton, only its kind's name.
 */
export type Address = string & { readonly brand: "Address" };

/**
 * Builds an address from a kind's name and an object's name. Pass the parent's name if the kind's
 * names are unique only within a parent.
 */
export function address(kind: string, name?: string, parentName?: string): Address {
  const parent = parentName === undefined ? "" : `/${parentName}`;
  return (name === undefined ? `${kind}${parent}` : `${kind}${parent}/${name}`) as Address;
}

/** Returns the name of an address's kind. */
export function kindOf(address: Address): string {
  return address.split("/", 1)[0] ?? address;
}

/** Returns the address of the object of the same kind and parent that has this name. */
export function siblingOf(own: Address, name: string): Address {
  return `${own.slice(0, own.lastIndexOf("/"))}/${name}` as Address;
}

/** Returns the parent's name; undefined if the address has none. */
export function parentNameOf(address: Address): string | undefined {
  const [, parent, ...rest] = address.split("/");
  return rest.length > 0 ? parent : undefined;
}

/** Returns the object's name; empty for a singleton. */
export function nameOf(address: Address): string {
  return address.slice(address.lastIndexOf("/") + 1 || address.length);
}
