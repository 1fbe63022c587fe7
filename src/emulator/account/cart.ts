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

/** A cart; it cannot be checked out twice, nor after 15 minutes. */
export interface Cart {
  readonly id: string;
  readonly createdAt: string;
  readonly modifiedBy?: string;
  readonly status: "Active" | "Ordered";
  readonly lineItems: readonly CartLine[];
}
