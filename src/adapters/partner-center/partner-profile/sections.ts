import { addressFields, contactFields, type FieldMapping, same } from "../field-mapping.ts";
import type { Options } from "../options.ts";
import type { TokenUser } from "../sign-in/tokens.ts";

/** A section of the partner profile: its place in the API and its fields. */
export interface ProfileSection {
  readonly name: string;
  readonly path: string;
  readonly query?: string;
  /** Who may read it. Only a user may update it. */
  readonly readAs: TokenUser;
  /** The service refuses an update with an outdated ETag. */
  readonly versioned: boolean;
  readonly fields: readonly FieldMapping[];
}

const contact = same("primaryContact", { within: contactFields });

const address = same("address", { within: addressFields });

/** The sections that can be read, and how each is written. */
export function sections({ supportProfilePath }: Options): readonly ProfileSection[] {
  return [
    {
      name: "legalBusiness",
      path: "/v1/profiles/legalbusiness",
      query: "?vettingVersion=Current",
      readAs: "either",
      versioned: false,
      fields: [
        ...[same("companyName"), address, contact],
        ...[
          same("companyApproverAddress", { within: addressFields }),
          same("companyApproverEmail"),
        ],
      ],
    },
    {
      name: "billing",
      path: "/v1/profiles/billing",
      readAs: "user",
      versioned: true,
      fields: [
        same("companyName"),
        address,
        contact,
        same("purchaseOrderNumber", { blank: true }),
        same("taxId", { blank: true }),
      ],
    },
    {
      name: "organization",
      path: "/v1/profiles/organization",
      readAs: "user",
      versioned: true,
      fields: [
        ...["companyName", "email", "language", "culture"].map((name) => same(name)),
        { name: "address", wire: "defaultAddress", within: addressFields },
      ],
    },
    {
      name: "support",
      path: supportProfilePath,
      readAs: "user",
      versioned: false,
      fields: [same("email"), same("telephone"), same("website", { spell: withScheme })],
    },
  ];
}

/** The portal accepts a host name as website; manifests require a URI. */
function withScheme(website: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(website) ? website : `https://${website}`;
}
