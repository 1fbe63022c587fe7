import { Environment } from "@marcbachmann/cel-js";
import type { Policy } from "../model/policy.ts";
import { times, wrongDate } from "./dates.ts";
import { instead } from "./misspelt.ts";
import { constructors, recordFields } from "./record-types.ts";
import { WordedError } from "../model/text/worded-error.ts";

/** Maximum size of an expression. meter.ts limits its running time. */
const limits = { maxAstNodes: 2000, maxDepth: 50, maxListElements: 500, maxMapEntries: 500 };

const timestamp = "google.protobuf.Timestamp";
const everywhere = { resources: "list<Resource>", today: timestamp, environment: "string" };
const inPlans = { ...everywhere, plan: "Plan", account: "list<Live>", after: "list<Live>" };

/** The variables of expressions and their CEL types, by the policy's subject. */
export const variables: Readonly<Record<Policy["spec"]["on"], Readonly<Record<string, string>>>> = {
  resource: { resource: "Resource", ...everywhere },
  change: { change: "Change", ...inPlans },
  plan: inPlans,
};

/** The environment to compile expressions in, and the names that compiled expressions use. */
export interface ExpressionLanguage {
  readonly environment: Environment;
  readonly spoken: Set<string>;
}

/** A new language for policies on this subject: its variables, types and functions. */
export function language(on: Policy["spec"]["on"]): ExpressionLanguage {
  const environment = common();
  for (const [name, type] of Object.entries(variables[on]))
    environment.registerVariable(name, type);
  return { environment, spoken: new Set() };
}

function common(): Environment {
  const environment = new Environment({
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: false,
    limits,
  });
  for (const [name, fields] of Object.entries(recordFields))
    environment.registerType(name, {
      ctor: constructors[name as keyof typeof constructors],
      fields,
    });
  environment.registerFunction(
    "money(Change): double",
    ({ impact }: Costly) => impact?.money?.perMonth ?? 0,
  );
  environment.registerFunction(
    "money(Plan): double",
    ({ totals }: Costly) => totals?.money?.perMonth ?? 0,
  );
  environment.registerFunction(`${instead}(dyn): bool`, () => true);
  environment.registerFunction(`date(string): ${timestamp}`, dayTimestamp);
  environment.registerFunction(`${times}(string): ${timestamp}`, time);
  environment.registerFunction(`${times}(int): ${timestamp}`, (seconds: bigint) =>
    fromSeconds({ seconds }),
  );
  return environment;
}

interface Costly {
  readonly impact?: { readonly money?: { readonly perMonth: number } };
  readonly totals?: { readonly money?: { readonly perMonth: number } };
}

const converting = new Environment()
  .registerVariable("text", "string")
  .registerVariable("seconds", "int");
const [fromText, fromSeconds] = [
  converting.parse("timestamp(text)"),
  converting.parse("timestamp(seconds)"),
];

/** The start of a day (YYYY-MM-DD) in UTC, as CEL's timestamp. Throws if the day does not exist. */
export function dayTimestamp(day: string): unknown {
  return converted(day, `${day}T00:00:00Z`);
}

/** A time (RFC 3339) as CEL's timestamp. Throws if its day does not exist. */
function time(text: string): unknown {
  return converted(text, text);
}

function converted(written: string, text: string): unknown {
  const wrong = wrongDate(written);
  if (wrong !== undefined) throw new WordedError(wrong);
  return fromText({ text });
}
