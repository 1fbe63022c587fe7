import { yaml } from "../../manifest/write/render.ts";
import type { Spec } from "../../model/values/json.ts";

const production = `
# The real account, for the pipeline: fill in your tenant and the app's clientId. A runner forgets everything, so the ledger and the
# encrypted credentials lie on branches of this repository.
environments:
  production:
    adapter: partner-center
    adapters:
      partner-center:
        tenant: 00000000-0000-0000-0000-000000000000
        clientId: 00000000-0000-0000-0000-000000000000
        secrets:
          clientSecret: \${PARTNER_CENTER_CLIENT_SECRET}
        capabilities:
          PartnerProfile: false # profiles are for a signed-in user alone, and here only the application signs in
    ledger:
      type: git
      path: null
      key: \${PARTNERCTL_LEDGER_KEY}
      # publicKey: what partnerctl ledger verify shows after the first apply. It says whose ledger is to be believed.
    credentials:
      type: git
      folder: null
`;

const local = `# A simulated account, kept on this machine. Nothing real is touched.
adapter: local
adapters:
  local:
    account: .partnerctl/account
`;

const offers = `
# Names for offer ids, to be used in manifests; partnerctl offers lists them all.
offers:
  enterprise-e3: 5FA4F213-638C-5693-ADE5-924129D90D90
  business-premium: 15B8F35F-34D6-51AF-AC5B-79A0222883A3
`;

const ledgerInFile = `
# What was applied, when, by whom and from which plan. In a pipeline, keep it on a branch of this repository:
#   type: git
#   key: \${PARTNERCTL_LEDGER_KEY}
ledger:
  type: file
  path: .partnerctl/ledger.jsonl
`;

const ledgerOnBranch = `
# What was applied, when, by whom and from which plan. A runner forgets everything, so the ledger and the
# encrypted credentials lie on branches of this repository.
ledger:
  type: git
  key: \${PARTNERCTL_LEDGER_KEY}
  # publicKey: what partnerctl ledger verify shows after the first apply. It says whose ledger is to be believed.
`;

/**
 * The settings of a new project, with the age recipient for its credentials. With a pipeline, also
 * an environment for the production account.
 */
export function settings(recipient: string, withPipeline: boolean): string {
  const credentials = credentialsFor(recipient, "folder: .partnerctl/credentials");
  const more = withPipeline ? production : "";
  return `${settingsHead}${local}${ledgerInFile}${credentials}${offers}${guards}${more}`;
}

/** A backend and its options. */
export interface AccountOptions {
  readonly adapter: string;
  readonly options: Spec;
}

/**
 * The settings of a project for an account that is there already. With a pipeline, nothing is kept
 * on the machine that runs it.
 */
export function accountSettings(
  { adapter, options }: AccountOptions,
  recipient: string,
  withPipeline: boolean,
): string {
  const account = yaml({ adapter, adapters: { [adapter]: options } });
  const credentials = credentialsFor(
    recipient,
    withPipeline ? "type: git" : "folder: .partnerctl/credentials",
  );
  const own = withPipeline ? ledgerOnBranch : ledgerInFile;
  const environment = withPipeline ? "\nenvironments:\n  production: {}\n" : "";
  return `${settingsHead}${accountComment}${account}${own}${credentials}${guards}${environment}`;
}

const settingsHead = `# yaml-language-server: $schema=.vscode/schemas/settings.schema.json
apiVersion: partnercenter/v1
kind: Settings
manifests: manifests

`;

const accountComment = `# The account. partnerctl check asks what it allows; partnerctl explain ADAPTER lists the options.
`;

const guards = `
guards:
  share: 25
`;

function credentialsFor(recipient: string, place: string): string {
  return `
# New users' temporary passwords are encrypted for these people. This one's identity is in .partnerctl/identity.txt:
# keep it where only you can read it. partnerctl credentials lists what waits, and opens one by its address.
credentials:
  ${place}
  recipients:
    - ${recipient}
`;
}
