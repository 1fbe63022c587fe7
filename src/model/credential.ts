import type { Address } from "./address.ts";

/** A secret that exists once: made by the tool for a new object, or handed out by the backend when it made one. */
export interface Credential {
  readonly address: Address;
  readonly purpose: "temporary-password" | "customer-admin";
  readonly userName: string;
  readonly secret: string;
  readonly requestId: string;
}

/** Keeps credentials for people. A credential is durable when `deliver` returns; it throws when that cannot be promised. */
export interface CredentialSink {
  deliver(credential: Credential): Promise<void>;
  /** Throws SinkUnavailable where nothing could be kept now: asked before a backend is made to hand something out. */
  ready?(): Promise<void>;
  /** Whether what a request handed out for an address has arrived. */
  holds?(address: Address, requestId: string): Promise<boolean>;
}

/** The sink cannot keep a credential: no recipients, a full disk, a read-only folder. The message holds nothing of the credential. */
export class SinkUnavailable extends Error {
  override readonly name = "SinkUnavailable";
}
