import type { Mark } from "../../facts/values/mark.ts";
import type { Fix } from "../../finding.ts";
import { bad, good, type NotebookFacts, rule } from "../../rule.ts";
import { laterValues, pathOf } from "../time/later-rows.ts";

/** A window of a query reaches beyond its row, into what has not happened when the model is asked. */
export const windowCrossesLabelTime = rule({
  id: "window-crosses-label-time",
  kind: "later-rows",
  tier: "core",
  severity: "error",
  title: "A query's window reaches into later rows",
  why: "When the model is asked, those rows have not happened yet: the score speaks of a model that sees the future.",
  instead:
    "End the window before the row (`ROWS BETWEEN 7 PRECEDING AND 1 PRECEDING`), and take earlier rows with `LAG`. `LEAD` is for what is to be predicted.",
  source: "ISO/IEC 9075, window frames; Kapoor and Narayanan 2023, L3.1",
  examples: [
    bad(
      "a mean of the days around each day",
      `
sales = pd.read_csv("sales.csv")
df = duckdb.sql("SELECT day, more, avg(sold) OVER (ORDER BY day ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING) AS smooth FROM sales").df()
#                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ three of them have not happened yet
train, test = df[:800], df[800:]
model = Ridge().fit(train[["smooth"]], train["more"])
print(model.score(test[["smooth"]], test["more"]))
`,
      "`smooth` takes later rows of `sales.csv` (`avg(sold) OVER (ORDER BY day ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING)`), and `Ridge` learns from it: nobody knows them when the model is asked.",
    ),
    bad(
      "the next price among the features",
      `
df = pd.read_sql("SELECT *, LEAD(price, 1) OVER (PARTITION BY id ORDER BY day) AS nxt FROM prices", con)
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has not happened yet
train, test = df[df["day"] < "2024-01-01"], df[df["day"] >= "2024-01-01"]
model = Ridge().fit(train[["nxt", "volume"]], train["up"])
print(model.score(test[["nxt", "volume"]], test["up"]))
`,
      "`nxt` takes later rows of `prices` (`LEAD(price, 1) OVER (PARTITION BY id ORDER BY day)`), and `Ridge` learns from it: nobody knows them when the model is asked.",
    ),
    bad(
      "what comes before, in an order that runs backward",
      `
df = spark.sql("SELECT day, up, LAG(price) OVER (ORDER BY day DESC) AS last FROM prices").toPandas()
#                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is the next day's
train, test = df[df["day"] < "2024-01-01"], df[df["day"] >= "2024-01-01"]
print(Ridge().fit(train[["last"]], train["up"]).score(test[["last"]], test["up"]))
`,
      "`last` takes later rows of `prices` (`LAG(price) OVER (ORDER BY day DESC)`), and `Ridge` learns from it: nobody knows them when the model is asked.",
    ),
    good(
      "a mean of the days before",
      `
sales = pd.read_csv("sales.csv")
df = duckdb.sql("SELECT day, more, avg(sold) OVER (ORDER BY day ROWS BETWEEN 7 PRECEDING AND 1 PRECEDING) AS smooth FROM sales").df()
train, test = df[:800], df[800:]
model = Ridge().fit(train[["smooth"]], train["more"])
print(model.score(test[["smooth"]], test["more"]))
`,
    ),
    good(
      "the next price is what is to be predicted",
      `
df = pd.read_sql("SELECT day, price, LEAD(price) OVER (PARTITION BY id ORDER BY day) AS nxt FROM prices", con)
train, test = df[df["day"] < "2024-01-01"], df[df["day"] >= "2024-01-01"]
model = Ridge().fit(train[["price"]], train["nxt"])
print(model.score(test[["price"]], test["nxt"]))
`,
    ),
    good(
      "only looked at",
      `
sales = pd.read_csv("sales.csv")
duckdb.sql("SELECT day, avg(sold) OVER (ORDER BY day ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING) FROM sales").show()
train, test = sales[:800], sales[800:]
print(Ridge().fit(train[["sold"]], train["more"]).score(test[["sold"]], test["more"]))
`,
    ),
  ],
  check(facts, report) {
    for (const found of laterValues(facts, ({ label }) => label === "LEAD" || label === "OVER")) {
      const { mark, column, evaluations } = found;
      const file = mark.rows?.tables.find((table) => /^(file|table):/.test(table))?.replace(/^\w+:/, "");
      const of = file === undefined ? "" : ` of \`${file}\``;
      report({
        at: mark.at,
        message: `${column === null ? "A column" : `\`${column}\``} takes later rows${of} (\`${brief(facts.textOf(mark.at))}\`), and \`${evaluations[0]?.fit.model}\` learns from it: nobody knows them when the model is asked.`,
        path: pathOf(facts, found),
        fixes: fixesOf(facts, mark),
      });
    }
  },
});

/** A frame that ends behind its row ends with it instead; `LEAD` becomes `LAG`. */
function fixesOf(facts: NotebookFacts, { at, label }: Mark): Fix[] {
  const text = facts.textOf(at);
  if (/\bdesc\b/i.test(text)) return [];
  if (label === "LEAD") {
    const newText = text.startsWith("L") ? "LAG" : "lag";
    const fix = edited(at, text, 0, "lead".length, newText);
    return [{ title: `Take the earlier row: ${newText}`, kind: "suggestion", edits: [fix] }];
  }
  const end = /(?<=\bAND\s+)(?:UNBOUNDED|\w+|INTERVAL\s+(?:'[^']*'|\S+)(?:\s+\w+)?)\s+FOLLOWING/i.exec(text);
  if (end === null || !/PRECEDING\s+AND\s+$/i.test(text.slice(0, end.index))) return [];
  const newText = end[0].endsWith("g") ? "current row" : "CURRENT ROW";
  const fix = edited(at, text, end.index, end.index + end[0].length, newText);
  return [{ title: `End the window with its row: ${newText}`, kind: "automatic", edits: [fix] }];
}

function edited(at: Mark["at"], text: string, from: number, to: number, newText: string) {
  return { cellId: at.cell, range: { start: point(at, text, from), end: point(at, text, to) }, newText };
}

function point(at: Mark["at"], text: string, offset: number) {
  const before = text.slice(0, offset);
  const line = before.split("\n").length - 1;
  const character = line === 0 ? at.start.character + offset : offset - before.lastIndexOf("\n") - 1;
  return { line: at.start.line + line, character };
}

function brief(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").replaceAll("`", "'");
  return line.length <= 120 ? line : `${line.slice(0, 119)}…`;
}
