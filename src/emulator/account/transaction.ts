import { identifier } from "./identifier.ts";
import type { EmulatedAccount, AuditRecord, Collection, Collections } from "./state.ts";

/** One thing that a transaction left behind: a new value, or none where something was removed. */
export interface Write {
  readonly in: Collection;
  readonly id: string;
  readonly value?: unknown;
}

/** Whoever asks, and with which correlation id. */
export interface Asker {
  readonly userId?: string;
  readonly userPrincipalName?: string;
  readonly applicationId?: string;
  readonly correlationId?: string;
}

/** All that a rule may know and change: the account, the time (milliseconds since 1970), the numbers of the house. A refusal leaves no trace. */
export interface Transaction {
  readonly now: number;
  readonly sandbox: boolean;
  /** How many milliseconds a new subscription stays pending. */
  readonly provisioning: number;
  readonly asker: Asker;
  readonly writes: readonly Write[];
  get<K extends Collection>(collection: K, id: string): Collections[K] | undefined;
  /** What was there before this transaction, oldest first. */
  all<K extends Collection>(collection: K): Iterable<Collections[K]>;
  put<K extends Collection>(collection: K, id: string, value: Collections[K]): void;
  remove(collection: Collection, id: string): void;
  /** The next GUID; the same account, seed and requests give the same ones. */
  newId(): string;
  /** Text nobody can guess without the seed. */
  secret(of: string): string;
  audit(record: Omit<AuditRecord, "id" | "at" | "userPrincipalName" | "applicationId" | "correlationId">): void;
}

/** What stays the same for all transactions of an emulator. */
export interface Premises {
  readonly seed: string;
  readonly sandbox: boolean;
}

/** What differs from one transaction to the next. */
export interface Moment {
  readonly now: number;
  readonly asker: Asker;
  readonly provisioning?: number;
}

/** Opens a transaction over `account`, which stays as it is until `commit`. */
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
    audit: (record) => {
      const id = transaction.newId();
      const { userPrincipalName, applicationId, correlationId } = moment.asker;
      const asker = {
        ...(userPrincipalName && { userPrincipalName }),
        ...(applicationId && { applicationId }),
        ...(correlationId && { correlationId }),
      };
      transaction.put("audit", id, { id, at: new Date(moment.now).toISOString(), ...asker, ...record });
    },
  };
  return transaction;
}

/** Makes the writes part of the account. */
export function commit(account: EmulatedAccount, writes: readonly Write[]): void {
  for (const { in: collection, id, value } of writes) {
    if (value === undefined) account[collection].delete(id);
    else account[collection].set(id, value as never);
  }
}
