import { execFileSync } from "node:child_process";
import { rules } from "@lookback/language/leakage/rules/rules.ts";
import { describe, expect, it } from "vitest";

/** What the tables of `run_examples.py` are changed by, and where nothing may change then. */
interface Proof {
  /** Of the table whose rows are watched, and which. Null: all that a model is given. */
  readonly main: string;
  readonly watched: string | null;
  /** Where rows change, and which. */
  readonly table: string;
  readonly changed: string;
  readonly how?: "alter" | "drop" | "touch";
  readonly columns?: readonly string[];
  /** What is compared. */
  readonly of?: "inputs" | "answers";
}

/** A question about the names that an example leaves behind. */
type Question = string;

/**
 * Of each rule's examples one that leaks, and one that does not: a model of the first is given other values of the watched rows when rows
 * change that nobody knows of when they are asked for.
 */
const proofs: readonly (readonly [
  rule: string,
  bad: string,
  good: string | null,
  proof: Proof | Question,
])[] = [
  ["negative-shift-feature", "the next price among the features", null, laterThan("prices.csv", "day")],
  [
    "centered-window",
    "a mean of the week around each day",
    "a mean of the week before",
    laterThan("sales.csv", "day"),
  ],
  [
    "centered-window",
    "a mean of the rows before, where the latest stands first",
    null,
    laterThan("sales.csv", "day"),
  ],
  [
    "backfilled-feature",
    "forward, where the latest stands first",
    "the latest row stands first, so the row below is the one before",
    laterThan("sales.csv", "day"),
  ],
  [
    "backfilled-feature",
    "a gap in a sorted table takes the next day's value",
    "from earlier rows",
    laterThan("sales.csv", "day"),
  ],
  [
    "interpolate-two-sided",
    "gaps of a sorted series",
    "only carried on behind the last value, or forward",
    laterThan("sales.csv", "day"),
  ],
  [
    "ungrouped-shift",
    "the last amount, of whoever stands before",
    "each by themselves",
    {
      main: "payments.csv",
      watched: "user != 'p0'",
      table: "payments.csv",
      changed: "user == 'p0'",
      columns: ["amount"],
    },
  ],
  [
    "include-current-row",
    "a mean of the last three days, today's among them",
    "shifted before, behind, or left out",
    {
      main: "sales.csv",
      watched: "day <= '2023-06-01'",
      table: "sales.csv",
      changed: "day >= '2023-06-01'",
      columns: ["sold"],
    },
  ],
  [
    "full-history-aggregate",
    "the mean of all payments of a user, beside each",
    "what was before each row",
    laterThan("payments.csv", "paid_at"),
  ],
  [
    "full-history-aggregate",
    "all visits of a customer, joined to questions of different days",
    null,
    {
      main: "labels.csv",
      watched: "asked_at < '2023-06-01'",
      table: "visits.csv",
      changed: "visited_at >= '2023-06-01'",
      how: "drop",
    },
  ],
  [
    "label-window-in-feature-window",
    "all that was ever spent, and whether something is spent from March on",
    "what was spent before March",
    { main: "spend.csv", watched: null, table: "spend.csv", changed: "ts >= '2024-03-01'" },
  ],
  [
    "no-gap-between-windows",
    "five days ahead, and cut in two",
    null,
    {
      main: "prices.csv",
      watched: "day < '2023-12-10'",
      table: "prices.csv",
      changed: "day >= '2023-12-10'",
      of: "answers",
    },
  ],
  ["join-not-as-of", "every state a customer ever had", "as of the question", "len(joined) > len(labels)"],
  [
    "as-of-wrong-direction",
    "the nearest measurement, before or after",
    "what was measured last",
    laterMeasured("2024-01-05 09:50"),
  ],
  [
    "as-of-no-tolerance",
    "however old the last measurement is",
    "two hours old at most",
    {
      main: "rides.csv",
      watched: "'2024-01-10 16:00' < started < '2024-01-11 10:00'",
      table: "weather.csv",
      changed: "measured < '2024-01-10 14:00'",
    },
  ],
  [
    "latest-snapshot-join",
    "pandas, the last row of each in the order of its changes",
    "pandas, the first row of each: what it began as is known ever since",
    {
      main: "labels.csv",
      watched: "asked_at < '2023-06-01'",
      table: "states.csv",
      changed: "changed_at >= '2023-06-01'",
    },
  ],
  [
    "updated-at-as-event-time",
    "by the last change of an account",
    "by when it happened",
    {
      main: "labels.csv",
      watched: "asked_at < '2023-06-20'",
      table: "accounts.csv",
      changed: "'2023-06-01' <= updated_at < '2023-06-10'",
      how: "touch",
    },
  ],
  [
    "label-time-missing",
    "joined as of now",
    null,
    {
      main: "labels.csv",
      watched: "asked_at < '2023-06-01'",
      table: "states.csv",
      changed: "seen >= '2023-06-01'",
    },
  ],
  [
    "mixed-timezones",
    "local time with its zone cut off, beside a table of its own",
    "both as they were written",
    laterMeasured("2024-01-05 09:50"),
  ],
  [
    "many-to-many-join",
    "orders with visits, by user alone",
    "one row of each user on the right",
    "bool(set(train['order']) & set(test['order']))",
  ],
  [
    "resample-label-right",
    "the mean of an hour that is not over",
    "where it ends",
    {
      main: "orders.csv",
      watched: "at <= '2024-01-05 10:40'",
      table: "ticks.csv",
      changed: "at > '2024-01-05 10:40'",
    },
  ],
  [
    "row-filter-on-outcome",
    "dear houses left out, among the test rows too",
    "rows without an answer, and answers that cannot be",
    {
      main: "houses.csv",
      watched: null,
      table: "houses.csv",
      changed: "area < 50",
      columns: ["price"],
    },
  ],
  [
    "train-only-transform",
    "logarithms of one part",
    null,
    "X_train.max().max() < 5 < test[['cost', 'price']].max().max()",
  ],
  [
    "rejoined-anonymous-key",
    "the address is hashed to find whose row it is",
    null,
    "'email' not in visits and joined['email'].nunique() == len(visits)",
  ],
];

const isRun = hasLibraries();

describe.skipIf(!isRun)("examples of rules, run", () => {
  const cases = proofs.flatMap(([rule, bad, good, proof]) => [
    { rule, title: bad, expected: true, proof },
    ...(good === null ? [] : [{ rule, title: good, expected: false, proof }]),
  ]);
  const answers = !isRun
    ? []
    : run(cases.map(({ rule, title, proof }) => ({ code: codeOf(rule, title), proof })));

  for (const [at, { rule, title, expected }] of cases.entries())
    it(`${rule}: ${title} ${expected ? "leaks" : "does not leak"}`, () => {
      expect(answers[at]).toBe(expected);
    });
});

/** What comes after a day may change nothing before it. */
function laterThan(table: string, time: string): Proof {
  return {
    main: table,
    watched: `${time} < '2023-06-01'`,
    table,
    changed: `${time} >= '2023-06-01'`,
  };
}

/** What is measured after a ride starts may change nothing of it. */
function laterMeasured(moment: string): Proof {
  return {
    main: "rides.csv",
    watched: `started <= '${moment}'`,
    table: "weather.csv",
    changed: `measured > '${moment}'`,
  };
}

function codeOf(rule: string, title: string): string {
  const example = rules.find(({ id }) => id === rule)?.examples.find((one) => one.title === title);
  if (!example) throw new Error(`${rule} has no example "${title}".`);
  return example.code;
}

function run(
  cases: readonly { readonly code: string; readonly proof: Proof | Question }[],
): (boolean | string)[] {
  const asked = cases.map(({ code, proof }) =>
    typeof proof === "string"
      ? { code, table: null, asks: proof }
      : { code, of: "inputs", how: "alter", columns: null, ...proof },
  );
  const answer = execFileSync(python(), [`${import.meta.dirname}/run_examples.py`], {
    input: JSON.stringify(asked),
    encoding: "utf8",
  });
  return JSON.parse(answer.slice(answer.lastIndexOf("\n[") + 1)) as (boolean | string)[];
}

function hasLibraries(): boolean {
  try {
    execFileSync(python(), ["-c", "import pandas, sklearn"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function python(): string {
  return process.env.LOOKBACK_PYTHON ?? "python3";
}
