/** A kind's name as files are named for it: `PartnerProfile` is `partner-profile`. */
export function kebabCase(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}
