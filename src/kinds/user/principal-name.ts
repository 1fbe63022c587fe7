import { record } from "../../model/text/recorded.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { UserSpec } from "../generated/user.ts";
import type { Resource } from "../../model/resource.ts";
import { say, type Wording } from "../../model/text/phrase.ts";

const refused = /[^A-Za-z0-9'._!#^~@-]/u;

/**
 * Errors for user names that the directory refuses. Rules:
 * https://learn.microsoft.com/entra/identity/hybrid/connect/plan-connect-userprincipalname
 */
export function principalNames(own: readonly Resource<UserSpec>[]): readonly Diagnostic[] {
  return own.flatMap(({ address, spec: { userPrincipalName = "" }, locate }) => {
    const message = wrong(userPrincipalName);
    if (message === undefined) return [];
    const hint = say`Letters (A to Z), digits and ' . - _ ! # ^ ~ are taken, and no dot right before the @.`;
    return [
      record({
        severity: "error",
        code: "user/principal-name",
        message,
        at: locate("/spec/userPrincipalName"),
        address,
        hint,
      }),
    ];
  });
}

function wrong(name: string): Wording | undefined {
  const [character] = refused.exec(name) ?? [];
  if (character !== undefined) {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return say`The directory takes no U+${code} in a userPrincipalName.`;
  }
  return name.includes(".@") || name.includes("..")
    ? say`The directory takes no dot there in a userPrincipalName.`
    : undefined;
}
