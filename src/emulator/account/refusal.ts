/**
 * An error response of the service: an HTTP status and the service's code. Neither is meaningful
 * alone.
 */
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

/** Throws a ServiceRefusal. Nothing that the request wrote is saved. */
export function refuse(status: number, code: number | string, description: string): never {
  throw new ServiceRefusal(status, code, description);
}
