import type { AuditRecord } from "../../account/state.ts";
import type { Write } from "../../account/transaction.ts";

/** Where the certificate is that events are signed under. */
export const certificatePath = "/_emulator/webhooks/certificate";

/** Something to tell whoever has registered for it. */
export interface Happening {
  readonly event: {
    readonly EventName: "subscription-updated" | "test-created";
    readonly ResourceUri: string;
    readonly ResourceName: string;
    /** There are no audit records at 21Vianet. */
    readonly AuditUri: null;
    readonly ResourceChangeUtcDate: string;
  };
  /** Of a test event: under which its fate can be asked for. */
  readonly correlationId?: string;
}

const base = "https://partner.partnercenterapi.microsoftonline.cn/webhooks/v1";

/** The events that follow from what was written: a subscription's seats or state changed, or a test was asked for. An event holds no data, only where to look. */
export function happenings(writes: readonly Write[], now: number): readonly Happening[] {
  const ResourceChangeUtcDate = new Date(now).toISOString().replace("Z", "0000+00:00");
  return writes.flatMap(({ in: collection, value }): readonly Happening[] => {
    const common = { AuditUri: null, ResourceChangeUtcDate };
    if (collection === "audit") {
      const uri = changedBy(value as AuditRecord);
      if (uri === undefined) return [];
      return [{ event: { EventName: "subscription-updated", ResourceUri: uri, ResourceName: "subscription", ...common } }];
    }
    const { correlationId, status } = Object(value) as { readonly correlationId?: string; readonly status?: string };
    if (collection !== "webhooks" || status !== "pending" || correlationId === undefined) return [];
    const ResourceUri = `${base}/registration/test`;
    return [{ event: { EventName: "test-created", ResourceUri, ResourceName: "test", ...common }, correlationId }];
  });
}

/** Which subscription had its seats or state changed; a new name or partner of record is no event. */
function changedBy({ operationType, resourceType, customerId, newValue = {} }: AuditRecord): string | undefined {
  if (resourceType !== "subscription") return undefined;
  if (operationType === "update_subscription" && newValue.quantity === undefined && newValue.status === undefined) return undefined;
  return `${base}/customers/${customerId}/subscriptions/${newValue.Id}`;
}
