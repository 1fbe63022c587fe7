import type { Command } from "../../parse/command.ts";

const wrong = "wrong input, or an error";

/** The commands about the record of what was done. */
export const ledgerCommands: readonly Command[] = [
  {
    name: "history",
    summary: "show what was done: fields, seats and money, by whom, approved by whom",
    arguments: [
      {
        name: "run",
        description:
          "one run, by its id or the start of it, or one object, by its address (default: all); before it may stand a ledger's file, which needs no project",
        repeated: true,
        values: "file",
      },
    ],
    options: [
      { flag: "--from", value: "date", shape: "date", description: "what was begun on this day (UTC) or later, YYYY-MM-DD" },
      { flag: "--to", value: "date", shape: "date", description: "what was begun on this day (UTC) or earlier, YYYY-MM-DD" },
    ],
    exits: { 0: "shown", 1: wrong },
    examples: [
      "partnerctl history",
      "partnerctl history 4f2a --format json",
      "partnerctl history ledger.jsonl 4f2a",
      "partnerctl history Subscription/fabrikam/office-e3",
      "partnerctl history --actor li.wei@contoso.example --format csv > li-wei.csv",
      "partnerctl history --from 2026-01-01 --to 2026-03-31 --format html > first-quarter.html",
    ],
    shows: ["history", "run"],
    load: () => import("../ledger/history.ts"),
  },
  {
    name: "ledger verify",
    summary: "check whether the ledger was tampered with",
    arguments: [{ name: "file", description: "a ledger's file, which needs no project (default: the project's ledger)", values: "file" }],
    options: [
      { flag: "--head", value: "hash", description: "a head kept elsewhere (on a plan or a receipt): proves nothing was dropped since" },
    ],
    exits: { 0: "consistent; with --head, complete", 1: "tampered with, or an error" },
    examples: [
      "partnerctl ledger verify",
      "partnerctl ledger verify ledger.jsonl",
      "partnerctl ledger verify --head $(jq -r .ledger.head receipt.json)",
    ],
    shows: ["verification"],
    load: () => import("../ledger/verify.ts"),
  },
  {
    name: "ledger attest",
    summary: "record that a manual step was done, as that plan showed it",
    arguments: [
      { name: "plan.json", description: "the plan's file", required: true, values: "file" },
      { name: "address", description: "the object whose step was done", required: true },
    ],
    options: [{ flag: "--note", value: "text", description: "a remark for the record" }],
    exits: { 0: "recorded", 1: wrong, 6: "locked by another run" },
    examples: ["partnerctl ledger attest plan.json CatalogCustomization"],
    load: () => import("../ledger/attest.ts"),
  },
  {
    name: "credentials",
    summary: "list the credentials that wait to be handed over, and open one",
    arguments: [{ name: "address", description: "the object whose credential is opened (default: list all)" }],
    options: [
      {
        flag: "--identity",
        value: "file",
        values: "file",
        description: "the age identities to open it with (default: PARTNERCTL_CREDENTIALS_IDENTITY, then .partnerctl/identity.txt)",
      },
      { flag: "--handed-over", description: "it has reached its owner: remove it" },
    ],
    exits: { 0: "listed, opened or removed", 1: wrong },
    examples: ["partnerctl credentials", "partnerctl credentials User/wang-fang", "partnerctl credentials User/wang-fang --handed-over"],
    shows: ["credentials"],
    load: () => import("../ledger/credentials.ts"),
  },
  {
    name: "ledger settle",
    summary: "list the writes whose outcome stayed unknown, and settle them",
    arguments: [{ name: "change", description: "the change, as the receipt names it: Customer/fabrikam#1 (default: list all)" }],
    options: [
      { flag: "--by-reading", description: "look in the account, record what it tells, and list what stays unknown" },
      { flag: "--id", value: "id", description: "it happened, and this is the id of what it made or changed" },
      { flag: "--did-not-happen", description: "it did not happen" },
    ],
    exits: { 0: "recorded, or nothing is open", 1: wrong, 3: "some outcomes are not known", 6: "locked by another run" },
    examples: [
      "partnerctl ledger settle",
      "partnerctl ledger settle --by-reading",
      "partnerctl ledger settle Customer/fabrikam#1 --did-not-happen",
    ],
    shows: ["diagnostics"],
    load: () => import("../ledger/settle.ts"),
  },
  {
    name: "ledger unlock",
    summary: "show who holds the lease, and end a dead one",
    options: [
      { flag: "--force", description: "end it at once, even if its holder may be alive; with --reason" },
      { flag: "--reason", value: "text", description: "why it is ended by force, for the record" },
    ],
    exits: { 0: "nobody holds it now", 1: wrong, 6: "its holder may be alive" },
    examples: ["partnerctl ledger unlock", 'partnerctl ledger unlock --force --reason "the runner was switched off"'],
    shows: ["lease"],
    load: () => import("../ledger/unlock.ts"),
  },
  {
    name: "ledger repair",
    summary: "bring a damaged ledger back to the last entry that is signed; what stood there instead is kept",
    options: [{ flag: "--reason", value: "text", description: "why, which is recorded" }],
    exits: { 0: "repaired, or nothing to repair", 1: wrong },
    examples: ["partnerctl ledger repair", 'partnerctl ledger repair --reason "The disk was full."'],
    load: () => import("../ledger/repair.ts"),
  },
  {
    name: "ledger rekey",
    summary: "change the ledger's key",
    options: [
      { flag: "--new-key", value: "file", values: "file", description: "the file of the new key, where the ledger is given its key" },
      { flag: "--reason", value: "text", description: "why, which is recorded; needed where the old key is lost" },
    ],
    exits: { 0: "changed, or the key is in force already", 1: wrong, 6: "locked by another run" },
    examples: ["partnerctl ledger rekey --new-key new-key.txt --reason 'A keeper has left.'"],
    load: () => import("../ledger/rekey.ts"),
  },
];
