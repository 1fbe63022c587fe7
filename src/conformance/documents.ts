import type { Spec } from "../model/values/json.ts";

/** A manifest document. */
export interface Document {
  readonly kind: string;
  readonly metadata: {
    readonly name?: string;
    readonly previously?: readonly string[];
    readonly id?: string;
  };
  readonly state?: "absent";
  readonly reason?: string;
  readonly spec: Spec;
}

/** A user with this manifest name. */
export function user(name: string, spec: Spec): Document {
  return { kind: "User", metadata: { name }, spec };
}

/** A customer with this manifest name. `billing` overrides the sample billing profile. */
export function customer(name: string, domain: string, billing: Spec = {}): Document {
  const address = {
    country: "CN",
    state: "BJ",
    city: "Beijing",
    region: "Haidian",
    addressLine1: "No. 5 Example Street",
    postalCode: "100080",
  };
  const profile = {
    companyName: "Fabrikam (Beijing) Ltd.",
    culture: "zh-CN",
    language: "zh-CHS",
    email: "wang.fang@fabrikam.example",
    firstName: "Fang",
    lastName: "Wang",
    address,
  };
  return {
    kind: "Customer",
    metadata: { name },
    spec: { domain, billing: { ...profile, ...billing } },
  };
}

/**
 * A subscription with this manifest name. Its customer is `fabrikam` unless the spec names another.
 */
export function subscription(name: string, spec: Spec): Document {
  return { kind: "Subscription", metadata: { name }, spec: { customer: "fabrikam", ...spec } };
}

/** A document of a kind with one object per account. */
export function singleton(kind: string, spec: Spec): Document {
  return { kind, metadata: {}, spec };
}

/** The same document with `state: absent`. */
export function declareAbsent(document: Document): Document {
  return { ...document, state: "absent", reason: "The story is over." };
}

/** The bytes of a manifest file. Each document is JSON, which is valid YAML. */
export function bytesOf(documents: Iterable<Document>): Uint8Array {
  return new TextEncoder().encode(
    [...documents]
      .map((one) => JSON.stringify({ apiVersion: "partnercenter/v1", ...one }))
      .join("\n---\n"),
  );
}
