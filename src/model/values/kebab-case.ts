/** Returns the file-name form of a kind's name: `PartnerProfile` becomes `partner-profile`. */
export function kebabCase(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}
