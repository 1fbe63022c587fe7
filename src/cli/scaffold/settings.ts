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

/**
 * The settings of a new project, with the age recipient for its credentials. With a pipeline, also
 * an environment for the production account.
 */
export function settings(recipient: string, withPipeline: boolean): string {
  return `# yaml-language-server: $schema=.vscode/schemas/settings.schema.json
apiVersion: partnercenter/v1
kind: Settings
manifests: manifests

# A simulated account, kept on this machine. Nothing real is touched.
adapter: local
adapters:
  local:
    account: .partnerctl/account

# What was applied, when, by whom and from which plan. In a pipeline, keep it on a branch of this repository:
#   type: git
#   key: \${PARTNERCTL_LEDGER_KEY}
ledger:
  type: file
  path: .partnerctl/ledger.jsonl

# New users' temporary passwords are encrypted for these people. This one's identity is in .partnerctl/identity.txt:
# keep it where only you can read it. partnerctl credentials lists what waits, and opens one by its address.
credentials:
  folder: .partnerctl/credentials
  recipients:
    - ${recipient}

# Names for offer ids, to be used in manifests; partnerctl offers lists them all.
offers:
  enterprise-e3: 5FA4F213-638C-5693-ADE5-924129D90D90
  business-premium: 15B8F35F-34D6-51AF-AC5B-79A0222883A3

guards:
  share: 25
${withPipeline ? production : ""}`;
}
