import { identifier } from "./identifier.ts";
import type { EmulatedAccount, AuditRecord, Collection, Collections, Customer } from "./state.ts";

/** A write of a transaction: the new value of an id, or undefined if it was removed. */
export interface Write {
  readonly in: Collection;
  readonly id: string;
  readonly value?: unknown;
}

/** Who sent the request, with its correlation id. */
export interface Asker {
  readonly userId?: string;
  readonly userPrincipalName?: string;
  readonly applicationId?: string;
  readonly correlationId?: string;
}

/**
 * The account as a rule reads and changes it. `now` is in milliseconds since 1970. Writes take
 * effect on `commit`; if the rule throws, none does.
 */
export interface Transaction {
  readonly now: number;
  readonly sandbox: boolean;
  /** Milliseconds for which a new subscription is pending. */
  readonly provisioning: number;
  readonly asker: Asker;
  readonly writes: readonly Write[];
  get<K extends Collection>(collection: K, id: string): Collections[K] | undefined;
  /** The values before this transaction, oldest first. */
  all<K extends Collection>(collection: K): Iterable<Collections[K]>;
  put<K extends Collection>(collection: K, id: string, value: Collections[K]): void;
  remove(collection: Collection, id: string): void;
  /** The next GUID, the same for the same account, seed and requests. */
  newId(): string;
  /** Text that cannot be guessed without the seed. */
  secret(of: string): string;
  /** Records what was done for a customer, by whoever asks. */
  audit(
    of: Pick<Customer, "id" | "companyName">,
    record: Pick<AuditRecord, "operationType" | "resourceType" | "newValue" | "customizedData">,
  ): void;
}

/** What all transactions of an emulator have in common. */
export interface Premises {
  readonly seed: string;
  readonly sandbox: boolean;
}

/** What differs between transactions. */
export interface Moment {
  readonly now: number;
  readonly asker: Asker;
  readonly provisioning?: number;
}

/** Starts a transaction. `account` does not change until `commit`. */
export function begin(account: EmulatedAccount, premises: Premises, moment: Moment): Transaction {
  const staged = new Map<string, Write>();
  let sequence = account.counters.get("sequence")?.value ?? 0;
  const stage = (write: Write): void => {
    staged.set(`${write.in}/${write.id}`, write);
  };
  const transaction: Transaction = {
    now: moment.now,
    sandbox: premises.sandbox,
    provisioning: moment.provisioning ?? 0,
    asker: moment.asker,
    get writes() {
      return [...staged.values()];
    },
    get: (collection, id) => {
      const write = staged.get(`${collection}/${id}`);
      return write === undefined ? account[collection].get(id) : (write.value as never);
    },
    all: (collection) => account[collection].values(),
    put: (collection, id, value) => stage({ in: collection, id, value }),
    remove: (collection, id) => stage({ in: collection, id }),
    newId: () => {
      sequence += 1;
      stage({ in: "counters", id: "sequence", value: { value: sequence } });
      return identifier(premises.seed, sequence);
    },
    secret: (of) => identifier(premises.seed, `secret of ${of}`).replaceAll("-", ""),
    audit: (of, record) => {
      const id = transaction.newId();
      const { userPrincipalName, applicationId, correlationId } = moment.asker;
      const asker = {
        ...(userPrincipalName && { userPrincipalName }),
        ...(applicationId && { applicationId }),
        ...(correlationId && { correlationId }),
      };
      transaction.put("audit", id, {
        id,
        at: new Date(moment.now).toISOString(),
        ...asker,
        customerId: of.id,
        customerName: of.companyName,
        ...record,
      });
    },
  };
  return transaction;
}

/** Applies the writes to the account. */
export function commit(account: EmulatedAccount, writes: readonly Write[]): void {
  for (const { in: collection, id, value } of writes) {
    if (value === undefined) account[collection].delete(id);
    else account[collection].set(id, value as never);
  }
}
