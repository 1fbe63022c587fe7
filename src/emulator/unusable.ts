/** The emulator cannot start with what it was given; the message says why. */
export class Unusable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Unusable";
  }
}
