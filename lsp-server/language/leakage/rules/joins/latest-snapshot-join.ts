import type { JoinFact } from "../../facts/values/join-fact.ts";
import { orderText } from "../../facts/values/time-order.ts";
import { bad, distinct, good, leaksOf, rule, scoreStep, step } from "../../rule.ts";

/** What is true of a key now is joined to rows of the past. */
export const latestSnapshotJoin = rule({
  id: "latest-snapshot-join",
  kind: "join",
  tier: "named",
  severity: "warning",
  title: "Today's state joined to the past",
  why: "The last state of a key may be later than the row it stands beside: it tells what had become of it.",
  instead:
    "Take the state that was valid then: bound it by the row's time (`valid_from <= t AND t < valid_to`), or join as of that time.",
  source: "Kaufman et al. 2012, Leakage in Data Mining; Feast, point-in-time joins",
  examples: [
    bad(
      "the last row of each customer",
      `
df = pd.read_sql("SELECT l.asked_at, l.paid, c.tier FROM labels l JOIN (SELECT * FROM customers QUALIFY row_number() OVER (PARTITION BY id ORDER BY updated_at DESC) = 1) c ON c.id = l.customer", con)
#                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ as it is today
train, test = df[:800], df[800:]
SVC().fit(train[["tier"]], train["paid"]).score(test[["tier"]], test["paid"])
`,
      "Each row gets the last state of its `id`, by `updated_at`, which may be later than its own `asked_at`, and `SVC` learns from it. This rests on the columns' names.",
    ),
    bad(
      "the row that is current",
      `
df = pd.read_sql("SELECT l.asked_at, l.paid, c.tier FROM labels l JOIN customers c ON c.id = l.customer AND c.is_current", con)
#                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ as it is today
train, test = df[:800], df[800:]
SVC().fit(train[["tier"]], train["paid"]).score(test[["tier"]], test["paid"])
`,
      "Each row gets the last state of its `id`, by `is_current`, which may be later than its own `asked_at`, and `SVC` learns from it. This rests on the columns' names.",
    ),
    bad(
      "the last value of each group, where dates stand in both",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
states = pd.read_csv("states.csv", parse_dates=["updated_at"])
df = duckdb.sql("WITH s AS (SELECT id, arg_max(tier, updated_at) AS tier FROM states GROUP BY id) SELECT l.asked_at, l.paid, s.tier FROM labels l JOIN s USING (id)").df()
#                                                                                                                                                      ^^^^^^^^^^^ as it is today
train, test = df[:800], df[800:]
SVC().fit(train[["tier"]], train["paid"]).score(test[["tier"]], test["paid"])
`,
      "Each row gets the last state of its `id`, by `updated_at`, which may be later than its own `asked_at`, and `SVC` learns from it.",
    ),
    bad(
      "pandas, the last row of each in the order of its changes",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
states = pd.read_csv("states.csv").sort_values("changed_at").drop_duplicates("customer", keep="last")
df = labels.merge(states[["customer", "tier"]], on="customer")
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ as it is today
train, test = df[:800], df[800:]
SVC().fit(train[["tier"]], train["paid"]).score(test[["tier"]], test["paid"])
`,
      "Each row gets the last state of its `customer`, by `changed_at`, which may be later than its own `asked_at`, and `SVC` learns from it.",
    ),
    bad(
      "pandas, the last value of each group",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
states = pd.read_csv("states.csv", parse_dates=["changed_at"]).sort_values("changed_at")
tiers = states.groupby("customer").last().reset_index()
df = labels.merge(tiers, on="customer")
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ as it is today
train, test = df[:800], df[800:]
SVC().fit(train[["tier"]], train["paid"]).score(test[["tier"]], test["paid"])
`,
      "Each row gets the last state of its `customer`, by `changed_at`, which may be later than its own `asked_at`, and `SVC` learns from it.",
    ),
    bad(
      "pandas, the last row of each group",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
states = pd.read_csv("states.csv").sort_values("changed_at")
last = states.groupby("customer").tail(1)
df = labels.merge(last[["customer", "tier"]], on="customer")
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ as it is today
train, test = df[:800], df[800:]
SVC().fit(train[["tier"]], train["paid"]).score(test[["tier"]], test["paid"])
`,
      "Each row gets the last state of its `customer`, by `changed_at`, which may be later than its own `asked_at`, and `SVC` learns from it.",
    ),
    bad(
      "pandas, the row of each group's latest moment",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
states = pd.read_csv("states.csv", parse_dates=["changed_at"])
last = states.loc[states.groupby("customer")["changed_at"].idxmax()]
df = labels.merge(last[["customer", "tier"]], on="customer")
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ as it is today
train, test = df[:800], df[800:]
SVC().fit(train[["tier"]], train["paid"]).score(test[["tier"]], test["paid"])
`,
      "Each row gets the last state of its `customer`, by `changed_at`, which may be later than its own `asked_at`, and `SVC` learns from it.",
    ),
    bad(
      "pandas, the last place of each group, or the first where the latest stands first",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
states = pd.read_csv("states.csv", parse_dates=["changed_at"])
df = labels.merge(states.sort_values("changed_at").groupby("customer").nth(-1), on="customer")
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ as it is today
train, test = df[:800], df[800:]
SVC().fit(train[["tier"]], train["paid"]).score(test[["tier"]], test["paid"])
df = labels.merge(states.sort_values("changed_at", ascending=False).groupby("customer").head(1), on="customer")
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ as it is today
train, test = df[:800], df[800:]
SVC().fit(train[["tier"]], train["paid"]).score(test[["tier"]], test["paid"])
`,
      "Each row gets the last state of its `customer`, by `changed_at`, which may be later than its own `asked_at`, and `SVC` learns from it.",
      "Each row gets the last state of its `customer`, by `changed_at`, which may be later than its own `asked_at`, and `SVC` learns from it.",
    ),
    good(
      "pandas, the first row of each group, and the last one before all labels",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
states = pd.read_csv("states.csv", parse_dates=["changed_at"]).sort_values("changed_at")
known = states[states["changed_at"] < "2024-01-01"]
firsts = [
    states.groupby("customer").head(1),
    states.groupby("customer").nth(0),
    states.loc[states.groupby("customer")["changed_at"].idxmin()],
    known.groupby("customer").tail(1),
    known.loc[known.groupby("customer")["changed_at"].idxmax()],
]
for first in firsts:
    df = labels.merge(first[["customer", "country"]], on="customer")
    train, test = df[:800], df[800:]
    SVC().fit(train[["country"]], train["paid"]).score(test[["country"]], test["paid"])
`,
    ),
    good(
      "pandas, the first row of each: what it began as is known ever since",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
states = pd.read_csv("states.csv").sort_values("changed_at").drop_duplicates("customer")
df = labels.merge(states[["customer", "country"]], on="customer")
train, test = df[:800], df[800:]
SVC().fit(train[["country"]], train["paid"]).score(test[["country"]], test["paid"])
`,
    ),
    good(
      "pandas, the last row before all labels",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
states = pd.read_csv("states.csv", parse_dates=["changed_at"]).query("changed_at < '2024-01-01'")
states = states.sort_values("changed_at").drop_duplicates("customer", keep="last")
df = labels.merge(states[["customer", "tier"]], on="customer")
train, test = df[:800], df[800:]
SVC().fit(train[["tier"]], train["paid"]).score(test[["tier"]], test["paid"])
`,
    ),
    good(
      "the state that was valid then",
      `
df = pd.read_sql("SELECT l.asked_at, l.paid, c.tier FROM labels l JOIN customers c ON c.id = l.customer AND l.asked_at >= c.valid_from AND l.asked_at < c.valid_to", con)
train, test = df[:800], df[800:]
SVC().fit(train[["tier"]], train["paid"]).score(test[["tier"]], test["paid"])
`,
    ),
    good(
      "the last row of each customer before all labels",
      `
df = pd.read_sql("SELECT l.asked_at, l.paid, c.tier FROM labels l JOIN (SELECT * FROM customers WHERE updated_at < '2020-01-01' QUALIFY row_number() OVER (PARTITION BY id ORDER BY updated_at DESC) = 1) c ON c.id = l.customer WHERE l.asked_at >= '2020-01-01'", con)
train, test = df[:800], df[800:]
SVC().fit(train[["tier"]], train["paid"]).score(test[["tier"]], test["paid"])
`,
    ),
    good(
      "one row of each, the first",
      `
df = pd.read_sql("SELECT l.asked_at, l.paid, c.country FROM labels l JOIN (SELECT * FROM customers QUALIFY row_number() OVER (PARTITION BY id ORDER BY signed_up_at) = 1) c ON c.id = l.customer", con)
train, test = df[:800], df[800:]
SVC().fit(train[["country"]], train["paid"]).score(test[["country"]], test["paid"])
`,
    ),
  ],
  check(facts, report) {
    const isLeak = ({ join }: { readonly join: JoinFact | null }) => join !== null && isOfToday(join);
    for (const { mark, evaluations } of leaksOf(facts, (one) => one.fit.inputs.marks, isLeak)) {
      const { join } = mark;
      const [leftTime] = join?.left.timeColumns ?? [];
      const latest = join?.right.latest;
      if (!join || !latest || !leftTime) continue;
      const keys = join.rightKeys.filter((key) => key !== latest.column).map((key) => `\`${key}\``);
      const basis = leftTime.basis === "name" ? " This rests on the columns' names." : "";
      report({
        at: mark.at,
        message: `Each row gets the last state of its ${keys.length === 0 ? "key" : keys.join(", ")}, by ${orderText(latest.column)}, which may be later than its own \`${leftTime.name}\`, and \`${evaluations[0]?.fit.model}\` learns from it.${basis}`,
        path: distinct([
          step("source", latest.at, `the last by ${latest.column}`),
          step("source", mark.at, `joined on ${join.rightKeys.join(", ")}`),
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
      });
    }
  },
});

/** The right side holds the last state of each key, and nothing bounds it: neither the join, nor a date of its own. */
function isOfToday({ how, left, right }: JoinFact): boolean {
  const { latest } = right;
  if (how !== "equal" || latest === null || left.timeColumns.length === 0) return false;
  return !right.rows?.limits.some(({ cut, side }) => cut === `by:${latest.column}` && side === "low");
}
