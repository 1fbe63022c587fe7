import type { AuditRecord } from "../../account/state.ts";
import type { Write } from "../../account/transaction.ts";

/** The path of the certificate for verifying the signatures of events. */
export const certificatePath = "/_emulator/webhooks/certificate";

/** An event for the registered webhook. */
export interface Happening {
  readonly event: {
    readonly EventName: "subscription-updated" | "test-created";
    readonly ResourceUri: string;
    readonly ResourceName: string;
    /** Always null: there are no audit records at 21Vianet. */
    readonly AuditUri: null;
    readonly ResourceChangeUtcDate: string;
  };
  /** For test events: the id by which the client can read the outcome. */
  readonly correlationId?: string;
}

const base = "https://partner.partnercenterapi.microsoftonline.cn/webhooks/v1";

/**
 * The events caused by these writes: a subscription's quantity or state changed, it was upgraded or
 * converted, or a test was requested. An event contains the URI of the object, not its data.
 */
export function happenings(writes: readonly Write[], now: number): readonly Happening[] {
  const ResourceChangeUtcDate = new Date(now).toISOString().replace("Z", "0000+00:00");
  return writes.flatMap(({ in: collection, value }): readonly Happening[] => {
    const common = { AuditUri: null, ResourceChangeUtcDate };
    if (collection === "audit") {
      const uri = changedBy(value as AuditRecord);
      if (uri === undefined) return [];
      return [
        {
          event: {
            EventName: "subscription-updated",
            ResourceUri: uri,
            ResourceName: "subscription",
            ...common,
          },
        },
      ];
    }
    const { correlationId, status } = Object(value) as {
      readonly correlationId?: string;
      readonly status?: string;
    };
    if (collection !== "webhooks" || status !== "pending" || correlationId === undefined) return [];
    const ResourceUri = `${base}/registration/test`;
    return [
      {
        event: { EventName: "test-created", ResourceUri, ResourceName: "test", ...common },
        correlationId,
      },
    ];
  });
}

/**
 * The URI of the subscription whose quantity, state or offer changed. Undefined for other changes.
 */
function changedBy({
  operationType,
  resourceType,
  customerId,
  newValue = {},
}: AuditRecord): string | undefined {
  if (resourceType !== "subscription") return undefined;
  if (
    operationType === "update_subscription" &&
    newValue.quantity === undefined &&
    newValue.status === undefined
  )
    return undefined;
  return `${base}/customers/${customerId}/subscriptions/${newValue.Id}`;
}
