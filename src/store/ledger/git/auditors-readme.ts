/** The README.md on the ledger's branch, for auditors. */
export const auditorsReadme = `# The ledger of a Partner Center account

\`partnerctl\` writes here what it is about to do to the account, before it does it, and what came of it.
Every commit adds one file under \`ledger/\` and changes none. Do not edit this branch, do not merge it, do not delete it.

The files, one after another in the order of their names, are the ledger: one entry a line, as canonical JSON (RFC 8785).

    cat ledger/*/*.jsonl

An entry has a number (\`seq\`), the hash of the entry before it (\`prev\`, 64 zeros for the first) and its own \`hash\`:
SHA-256 of the line without its hash field. Checking one needs no tool of ours:

    sed 's/"hash":"[0-9a-f]*",//' entry | tr -d '\\n' | sha256sum

Entries are appended one or several at a time; the last of each append carries an Ed25519 signature (\`appendSignature\`),
and the first entry of all names its public key. \`partnerctl ledger verify ledger.jsonl\` checks the files put together, without a project.
Protect this branch against force pushes: who has not seen it before cannot notice that it was put back.

\`partnerctl ledger verify\` checks all of them, and with \`--head HASH\` that nothing was cut off after the entry whose hash you kept.
An entry that opens a run keeps who approved its plan: each one's words, with the plan's digest in them, and their SSH signature.
Git's own \`allowed_signers\` file says whose key it is:

    jq -j '.approvals[0].statement' entry > statement
    jq -j '.approvals[0].signature' entry > signature
    ssh-keygen -Y verify -n partnerctl-plan -f allowed_signers -I NAME -s signature < statement

Every plan, receipt and report names the head it was made at. Nothing that was committed should ever change:

    git log --diff-filter=MDR --oneline     # prints nothing
`;
