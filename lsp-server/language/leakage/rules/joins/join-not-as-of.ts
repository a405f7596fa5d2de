import type { Evaluation } from "../../facts/values/fit.ts";
import type { TimeColumn } from "../../facts/values/frame-facts.ts";
import type { JoinFact, Side } from "../../facts/values/join-fact.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Edit, Fix, Severity } from "../../finding.ts";
import { orderEdits } from "../../fixes/kinds/keep-in-order.ts";
import { statementIndex } from "../../fixes/names.ts";
import { Obstacle } from "../../fixes/obstacle.ts";
import { keepsOrder } from "../../fixes/training-rows/keeps-rows.ts";
import { bad, distinct, good, type NotebookFacts, note, rule, scoreStep, step } from "../../rule.ts";
import { isKeyOf, namedHistory } from "./history-names.ts";

/** A table with a history is joined by equal keys, so a row meets what was recorded at its own moment or later. */
export const joinNotAsOf = rule({
  id: "join-not-as-of",
  kind: "join",
  tier: "core",
  severity: "error",
  title: "History joined by equal keys",
  why: "A measurement of the same moment, or a later one, was not there yet when the prediction had to be made.",
  instead:
    "Join as of the moment of prediction: the latest row known before it, with `pd.merge_asof` or a training set.",
  source: "pandas, merge_asof; Feast, point-in-time joins",
  examples: [
    bad(
      "measurements of the very same hour",
      `
rides = pd.read_parquet("rides.parquet")
sensors = pd.read_parquet("sensors.parquet")[["station", "measured_at", "load", "temperature"]]
rides["measured_at"] = pd.to_datetime(rides["started"]).dt.floor("h")
joined = rides.merge(sensors, on=["station", "measured_at"])
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not known yet
train, test = joined[:800], joined[800:]
SVC().fit(train[["load", "price"]], train["full"]).score(test[["load", "price"]], test["full"])
`,
      "Each row gets the measurements of its own `measured_at`, which are taken then or later, not before. This rests on the columns' names.",
    ),
    bad(
      "every state a customer ever had",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
states = pd.read_csv("states.csv", parse_dates=["valid_at"])
joined = pd.merge(labels, states, on="customer")
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not known yet
train, test = train_test_split(joined)
SVC().fit(train[["balance"]], train["paid"]).score(test[["balance"]], test["paid"])
`,
      "The right side has a history (`valid_at`), but the join takes every row of a key, later ones included.",
    ),
    bad(
      "every state a customer ever had, in SQL",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
states = pd.read_csv("states.csv", parse_dates=["valid_at"])
joined = duckdb.sql("SELECT l.asked_at, l.paid, s.balance FROM labels l JOIN states s ON s.customer = l.customer").df()
#                                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not known yet
train, test = train_test_split(joined)
SVC().fit(train[["balance"]], train["paid"]).score(test[["balance"]], test["paid"])
`,
      "The right side has a history (`valid_at`), but the join takes every row of a key, later ones included.",
    ),
    bad(
      "all that ever happened to a user, summed up in SQL",
      `
df = duckdb.sql("SELECT l.user, l.asked_at, l.paid, avg(e.amount) AS spent FROM 'labels.parquet' l JOIN 'events.parquet' e ON e.user = l.user GROUP BY ALL").df()
#                                                                                                                        ^^^^^^^^^^^^^^^^^^^^ not known yet
train, test = df[:800], df[800:]
SVC().fit(train[["spent"]], train["paid"]).score(test[["spent"]], test["paid"])
`,
      "`events` is a history by its name, and what the join takes of a key is summed up without any bound in time, later rows included. This rests on the names of the table and of the left side's moment.",
    ),
    note(
      "all that ever happened to a user, each in a row",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
joined = labels.merge(pd.read_csv("user_events.csv"), on="user")
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ perhaps not known yet
train, test = joined[:800], joined[800:]
SVC().fit(train[["amount"]], train["paid"]).score(test[["amount"]], test["paid"])
`,
      "`user_events` is a history by its name, and the join takes every row of a key, later ones included. This rests on the names of the table and of the left side's moment.",
    ),
    good(
      "summed up in SQL, within a bound, of what belongs to one row, or of no history",
      `
bounded = duckdb.sql("SELECT l.asked_at, l.paid, avg(e.amount) AS spent FROM 'labels.parquet' l JOIN 'events.parquet' e ON e.user = l.user AND e.happened < l.asked_at GROUP BY ALL").df()
own = duckdb.sql("SELECT l.asked_at, l.paid, count(e.click) AS spent FROM 'labels.parquet' l JOIN 'session_events.parquet' e ON e.session_id = l.session_id GROUP BY ALL").df()
plain = duckdb.sql("SELECT l.asked_at, l.paid, avg(e.size) AS spent FROM 'labels.parquet' l JOIN 'rooms.parquet' e ON e.hotel = l.hotel GROUP BY ALL").df()
for df in [bounded, own, plain]:
    train, test = df[:800], df[800:]
    SVC().fit(train[["spent"]], train["paid"]).score(test[["spent"]], test["paid"])
`,
    ),
    good(
      "as of the question, in SQL",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
states = pd.read_csv("states.csv", parse_dates=["valid_at"])
joined = duckdb.sql("SELECT l.asked_at, l.paid, s.balance FROM labels l ASOF JOIN states s ON s.customer = l.customer AND l.asked_at > s.valid_at").df()
train, test = joined[:800], joined[800:]
SVC().fit(train[["balance"]], train["paid"]).score(test[["balance"]], test["paid"])
`,
    ),
    good(
      "the state that was valid then, in SQL",
      `
joined = pd.read_sql("SELECT l.asked_at, l.paid, s.balance FROM labels l JOIN states s ON s.customer = l.customer AND s.valid_from <= l.asked_at AND l.asked_at < s.valid_to", con, parse_dates=["asked_at"])
train, test = joined[:800], joined[800:]
SVC().fit(train[["balance"]], train["paid"]).score(test[["balance"]], test["paid"])
`,
    ),
    good(
      "as of the question",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"]).sort_values("asked_at")
states = pd.read_csv("states.csv", parse_dates=["valid_at"]).sort_values("valid_at")
joined = pd.merge_asof(labels, states, left_on="asked_at", right_on="valid_at", by="customer")
train, test = joined[:800], joined[800:]
SVC().fit(train[["balance"]], train["paid"]).score(test[["balance"]], test["paid"])
`,
    ),
    good(
      "one row per key, no time",
      `
flights = pd.read_csv("flights.csv", parse_dates=["scheduled_at"])
planes = pd.read_csv("planes.csv")[["tailnum", "seats", "year"]]
airports = pd.read_csv("airports.csv")
joined = flights.merge(planes, on="tailnum").merge(airports, left_on="origin", right_on="faa")
train, test = joined[:800], joined[800:]
SVC().fit(train[["seats"]], train["late"]).score(test[["seats"]], test["late"])
`,
    ),
    good(
      "a calendar is known in advance",
      `
sales = pd.read_csv("sales.csv", parse_dates=["date"])
holidays = pd.read_csv("holidays.csv", parse_dates=["date"])[["date", "is_holiday"]]
joined = sales.merge(holidays, on="date", how="left")
train, test = joined[:800], joined[800:]
Ridge().fit(train[["is_holiday"]], train["sold"]).score(test[["is_holiday"]], test["sold"])
`,
    ),
    good(
      "later rows are left out afterwards",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
visits = pd.read_csv("visits.csv", parse_dates=["visited_at"])
joined = labels.merge(visits, on="customer")
joined = joined[joined["visited_at"] < joined["asked_at"]]
train, test = joined[:800], joined[800:]
SVC().fit(train[["page"]], train["paid"]).score(test[["page"]], test["paid"])
tiers = pd.read_csv("tiers.csv", parse_dates=["valid_from", "valid_to"])
held = labels.merge(tiers, on="customer").query("valid_from <= asked_at < valid_to")
train, test = held[:800], held[800:]
SVC().fit(train[["tier"]], train["paid"]).score(test[["tier"]], test["paid"])
`,
    ),
    good(
      "aggregated to one row per key first",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
visits = pd.read_csv("visits.csv", parse_dates=["visited_at"])
visits = visits[visits["visited_at"] < "2024-01-01"]
counts = visits.groupby("customer").agg({"page": "count"}).reset_index()
joined = labels.merge(counts, on="customer")
train, test = joined[:800], joined[800:]
SVC().fit(train[["page"]], train["paid"]).score(test[["page"]], test["paid"])
`,
    ),
  ],
  check(facts, report) {
    const found = new Map<string, { mark: Mark; evaluations: Evaluation[] }>();
    for (const evaluation of facts.evaluations.values()) {
      for (const mark of evaluation.fit.inputs.marks.values()) {
        if (mark.kind !== "join" || !mark.join || verdictOf(mark.join, mark, evaluation) === null) continue;
        const key = `${mark.at.cell}:${mark.at.from}:${mark.at.to}`;
        const entry = found.get(key) ?? { mark, evaluations: [] };
        entry.evaluations.push(evaluation);
        found.set(key, entry);
      }
    }
    for (const { mark, evaluations } of found.values()) {
      const { join } = mark;
      const [first] = evaluations;
      const verdict = join && first && verdictOf(join, mark, first);
      if (!join || !verdict) continue;
      report({
        at: mark.at,
        severity: verdict.severity,
        message: verdict.message,
        path: distinct([
          step("source", mark.at, `joined on ${join.rightKeys.join(", ")}`),
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
        about: { mark },
        fixes: verdict.time ? fixesOf(facts, join, verdict.time) : [],
      });
    }
  },
});

interface Verdict {
  readonly severity: Severity;
  readonly message: string;
  /** The right side's moment; null where nothing names it. */
  readonly time: TimeColumn | null;
}

function verdictOf(join: JoinFact, mark: Mark, evaluation: Evaluation): Verdict | null {
  const [leftTime] = join.left.timeColumns;
  if (
    join.how !== "equal" ||
    join.isCut ||
    !leftTime ||
    join.right.isOneRowPer ||
    join.right.latest ||
    join.rightKeys.length === 0
  )
    return null;
  const shared = join.right.timeColumns.find((column) => join.rightKeys.includes(column.name));
  const time = shared ?? join.right.timeColumns[0];
  if (!time) return verdictByName(join, isSummedUp(mark, evaluation));
  if (!hasMeasurements(join.right, join.rightKeys)) return null;
  const isTyped = time.basis !== "name" && leftTime.basis !== "name";
  const basis = isTyped ? "" : " This rests on the columns' names.";
  const message = shared
    ? `Each row gets the measurements of its own \`${shared.name}\`, which are taken then or later, not before.${basis}`
    : `The right side has a history (\`${time.name}\`), but the join takes every row of a key, later ones included.${basis}`;
  return { severity: isTyped ? "error" : "warning", message, time };
}

/** A table whose name says that it holds what happened, where its columns are not known. */
function verdictByName({ right, rightKeys }: JoinFact, isSum: boolean): Verdict | null {
  const history = namedHistory(right.rows, right.path);
  if (history === null || isKeyOf(history, rightKeys) || right.columns !== null) return null;
  return {
    severity: isSum ? "warning" : "information",
    message: `\`${history.name}\` is a history by its name, and ${isSum ? "what the join takes of a key is summed up without any bound in time, later rows included" : "the join takes every row of a key, later ones included"}. This rests on the names of the table and of the left side's moment.`,
    time: null,
  };
}

/** Whether many joined rows became one: a statistic of what came through the join is an input. */
function isSummedUp(mark: Mark, { fit }: Evaluation): boolean {
  return [...(fit.inputs.columns?.values() ?? [])].some(
    ({ marks }) =>
      marks.has(mark.id) &&
      [...marks.values()].some(({ kind, at }) => kind === "statistic" && at.cell === mark.at.cell),
  );
}

/** A table of days and holidays is known in advance: it must hold something that is measured. */
function hasMeasurements(side: Side, keys: readonly string[]): boolean {
  const times = new Set(side.timeColumns.map((column) => column.name));
  if (side.path !== null && /calendar|holiday|schedule|promo|dates?\b/i.test(side.path)) return false;
  const values = side.columns?.filter((name) => !keys.includes(name) && !times.has(name)) ?? null;
  if (values === null) return true;
  return values.some((name) => {
    const type = side.types?.[name];
    if (type !== undefined) return /float|double|decimal|real|int|long|number/i.test(type);
    return !/^is_|holiday|weekday|day_of|week|month|quarter|year|season/i.test(name);
  });
}

function fixesOf(facts: NotebookFacts, join: JoinFact, time: TimeColumn): Fix[] {
  const { written, inQuery } = join;
  if (inQuery && !join.rightKeys.includes(time.name)) {
    const { from, to, leftTime, rightTime } = inQuery;
    return [
      {
        title: "Join as of the row's time, the same moment left out",
        kind: "suggestion",
        edits: [
          { cellId: from.cell, range: from, newText: "ASOF " },
          { cellId: to.cell, range: to, newText: ` AND ${leftTime} > ${rightTime}` },
        ],
      },
    ];
  }
  const pandas = facts.imports.get("pandas") ?? "pd";
  if (!written?.isPlain) return [];
  const isShared = join.rightKeys.includes(time.name);
  const leftTime = isShared ? time.name : join.left.timeColumns[0]?.name;
  if (leftTime === undefined || /\n/.test(written.left + written.right)) return [];
  const by = join.rightKeys.filter((key) => key !== time.name).map((key) => JSON.stringify(key));
  const on = leftTime === time.name ? `on="${leftTime}"` : `left_on="${leftTime}", right_on="${time.name}"`;
  const keys = by.length === 0 ? "" : `, by=${by.length === 1 ? by[0] : `[${by.join(", ")}]`}`;
  const newText =
    `${pandas}.merge_asof(${written.left}.sort_values("${leftTime}"), ${written.right}.sort_values("${time.name}"), ` +
    `${on}${keys}, allow_exact_matches=False)`;
  const inOrder = orderedSplits(facts, join);
  return [
    {
      title: `Join as of the row's time, the same moment left out${inOrder.length > 0 ? ", and cut in time's order" : ""}`,
      kind: "suggestion",
      edits: [{ cellId: join.at.cell, range: join.at, newText }, ...inOrder],
    },
  ];
}

/** As of one moment each, the rows are rows in time: what is cut at random is cut in order, where they still stand in it. */
function orderedSplits(facts: NotebookFacts, join: JoinFact): Edit[] {
  const flow = facts.flow();
  const after = flow[statementIndex(facts, join.at) + 1];
  return [...facts.splits.values()]
    .filter(
      ({ how, inputs, statement }) =>
        how === "random" &&
        [...inputs.marks.values()].some((mark) => mark.join === join) &&
        after !== undefined &&
        keepsOrder(facts, after, [statement]),
    )
    .flatMap((split) => {
      const made = orderEdits(facts, split);
      return made instanceof Obstacle ? [] : made;
    });
}
