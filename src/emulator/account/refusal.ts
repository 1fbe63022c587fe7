/** Why the service does not do what it was asked: an HTTP status and the service's own code, which only mean something together. */
export class ServiceRefusal extends Error {
  readonly status: number;
  readonly code: number | string;

  constructor(status: number, code: number | string, description: string) {
    super(description);
    this.name = "Refusal";
    this.status = status;
    this.code = code;
  }
}

/** Refuses; nothing of the request takes effect. */
export function refuse(status: number, code: number | string, description: string): never {
  throw new ServiceRefusal(status, code, description);
}
