/** The emulator cannot start with these options. The message says why. */
export class Unusable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Unusable";
  }
}
