/** A line of a cart. */
export interface CartLine {
  readonly id: number;
  readonly catalogItemId: string;
  readonly friendlyName?: string;
  readonly quantity: number;
  readonly billingCycle: string;
  readonly currencyCode?: string;
  readonly orderGroup: string;
  readonly participants?: readonly { readonly key: string; readonly value: string }[];
  readonly provisioningContext?: { readonly parentSubscriptionId?: string };
  readonly pricing?: Readonly<Record<string, number>>;
  readonly error?: { readonly errorCode: number; readonly errorDescription: string };
}

/** A cart. It can be checked out until it expires; a repeated checkout orders nothing twice. */
export interface Cart {
  readonly id: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly modifiedBy?: string;
  readonly status: "Active" | "Ordered";
  readonly lineItems: readonly CartLine[];
  /** The order id of each order group that was ordered. */
  readonly ordered?: Readonly<Record<string, string>>;
  /** When it was checked out first. */
  readonly checkedOutAt?: string;
}
