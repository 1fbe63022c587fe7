import { say } from "../../model/text/phrase.ts";

/** The headings of the help, in order. */
export const headings = {
  everyDay: say`Every day:`,
  account: say`The account:`,
  review: say`Review:`,
  record: say`The record:`,
  reference: say`Reference:`,
} as const;

/** A heading of the help. */
export type Heading = keyof typeof headings;

/** Groups of commands with the same first word, each under a heading. */
export const families = {
  ci: { heading: "review", summary: say`what pipelines do between review and apply` },
  ledger: {
    heading: "record",
    summary: say`check the record, settle what stayed open, and mend it`,
  },
  prices: { heading: "account", summary: say`compare price lists` },
  policy: { heading: "review", summary: say`work on policies` },
} as const satisfies Readonly<
  Record<string, { readonly heading: Heading; readonly summary: string }>
>;

/** A heading, or the first word of a group of commands. */
export type Group = Heading | keyof typeof families;
