/** A line of a cart. */
export interface CartLine {
  readonly id: number;
  readonly catalogItemId: string;
  readonly friendlyName?: string;
  readonly quantity: number;
  readonly billingCycle: string;
  readonly orderGroup: string;
  readonly error?: { readonly errorCode: number; readonly errorDescription: string };
}

/** A cart; it can be checked out until it expires, and orders nothing twice. */
export interface Cart {
  readonly id: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly modifiedBy?: string;
  readonly status: "Active" | "Ordered";
  readonly lineItems: readonly CartLine[];
  /** The id of the order that each group of lines became. */
  readonly ordered?: Readonly<Record<string, string>>;
}
