/** The names of the security groups that hold the agents; that of the sales agents is not documented. */
export interface Groups {
  readonly admin: string;
  readonly sales: string;
  readonly helpdesk: string;
}

/** The template ids of the directory roles that administrators have. */
export interface RoleTemplates {
  readonly global: string;
  readonly billing: string;
  readonly userManagement: string;
}

/** A part of the path, or a key in brackets. */
export type RolePath = "segment" | "key";

/** The directory's fields that hold recovery contacts, or false where there is none; which they are here is not documented. */
export interface Recovery {
  readonly alternateEmail: "otherMails" | false;
  readonly mobilePhone: "mobilePhone" | false;
}
