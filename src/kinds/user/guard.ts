import type { GuardName } from "../../model/codes.ts";
import type { GuardedRight, NamedRight, World } from "../../model/kind.ts";
import { type Change, isForLedger, type Tripped } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import { after, before } from "../../model/plan/before-after.ts";
import { contactEmail, isReachedAt, primaryEmail } from "../contact.ts";
import type { UserSpec } from "../generated/user.ts";
import { capabilities, isAgentAdmin, isGlobalAdmin } from "./permissions.ts";

const administrates = ["/accountEnabled", "/roles/administrator"];

/** The legal profile's primary contact must be a global admin. */
const contactRight: NamedRight<UserSpec> = {
  guard: "primary-contact",
  kind: "PartnerProfile",
  fields: [primaryEmail],
  rightOf: (profile) => {
    const email = contactEmail(profile);
    return {
      guard: "primary-contact",
      fields: [...administrates, "/userPrincipalName", "/recovery/alternateEmail"],
      holds: (user) => isGlobalAdmin(user) && isReachedAt(user, email),
    };
  },
};

/**
 * The rights that at least one enabled user must hold, to manage the partner's account and its
 * customers'.
 */
export const userRights: readonly GuardedRight<UserSpec>[] = [
  { guard: "last-global-admin", fields: administrates, holds: isGlobalAdmin, named: contactRight },
  { guard: "last-agent-admin", fields: ["/accountEnabled", "/roles/agent"], holds: isAgentAdmin },
];

/**
 * Trips if no enabled global admin or admin agent would remain, if the tool's own user would lose
 * access or permissions, or if the legal profile's primary contact would no longer be a global
 * admin.
 */
export function guardUsers(changes: readonly Change[], world: World): readonly Tripped[] {
  const own = changes.filter(
    (change) => change.kind === "User" && change.action !== "create" && !isForLedger(change),
  );
  const taking = (holds: GuardedRight<UserSpec>["holds"]) =>
    own.filter((change) => holds(before(change)) && !holds(after(change)));
  const [demoted, agents] = [taking(isGlobalAdmin), taking(isAgentAdmin)];
  return [
    ...(isLast(demoted, isGlobalAdmin, world)
      ? [
          tripped(
            "last-global-admin",
            say`Nobody would be left as an enabled global admin.`,
            demoted,
          ),
        ]
      : []),
    ...(isLast(agents, isAgentAdmin, world)
      ? [tripped("last-agent-admin", say`Nobody would be left as an enabled admin agent.`, agents)]
      : []),
    ...principal(own, world),
    ...legalContact(demoted, world),
  ];
}

function isLast(
  taking: readonly Change[],
  holds: GuardedRight<UserSpec>["holds"],
  world: World,
): boolean {
  return taking.length > 0 && !world.after("User").some(({ spec }) => holds(spec));
}

function principal(own: readonly Change[], world: World): readonly Tripped[] {
  const theirs = own.filter(
    (change) =>
      change.action !== "create" && change.observed.id === world.principal && loses(change),
  );
  if (theirs.length === 0) return [];
  return [
    tripped(
      "principal",
      say`The user this tool runs as would be removed, disabled or lose permissions.`,
      theirs,
    ),
  ];
}

function loses(change: Change): boolean {
  const kept = new Set(capabilities(after(change)));
  const user: Partial<UserSpec> | undefined = after(change);
  return (
    user === undefined ||
    user.accountEnabled === false ||
    capabilities(before(change)).some((one) => !kept.has(one))
  );
}

function legalContact(demoted: readonly Change[], world: World): readonly Tripped[] {
  const [profile] = world.after("PartnerProfile");
  const { holds } = contactRight.rightOf(profile?.spec);
  const theirs = demoted.filter((change) => holds(before(change)));
  if (!isLast(theirs, holds, world)) return [];
  return [
    tripped(
      "primary-contact",
      say`The legal profile's primary contact would no longer be a global admin.`,
      theirs,
    ),
  ];
}

function tripped(name: GuardName, message: string, changes: readonly Change[]): Tripped {
  return {
    name,
    message,
    amount: String(changes.length),
    needsReason: true,
    changes: changes.map(({ id }) => id),
  };
}
