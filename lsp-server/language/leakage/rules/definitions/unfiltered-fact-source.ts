import { bad, good, rule, step } from "../../rule.ts";
import { given } from "./views.ts";

/** A table of events is read whole, again for each window. */
export const unfilteredFactSource = rule({
  id: "unfiltered-fact-source",
  kind: "feature-definition",
  tier: "extra",
  severity: "warning",
  title: "All rows of a table of events",
  why: "The window that is computed no longer bounds what is read: a backfill of last year reads the events since.",
  instead:
    "Leave `.unfiltered()` out, or bound the rows by `context.end_time`. It is for tables that hold one row a key.",
  source: "Tecton, feature view rules: unfiltered() is for dimension tables",
  examples: [
    bad(
      "events that have a moment",
      `
from tecton import BatchSource, HiveConfig, batch_feature_view

transactions = BatchSource(name="transactions", batch_config=HiveConfig(table="t", timestamp_field="ts"))

@batch_feature_view(sources=[transactions.unfiltered()], entities=[user], mode="spark_sql")
#                            ^^^^^^^^^^^^^^^^^^^^^^^^^ the events since, too
def counts(transactions):
    return f"SELECT user_id, ts, amount FROM {transactions}"
`,
      "`transactions` has a moment (`ts`), and `counts` reads all of its rows: those after the window that is computed, too.",
    ),
    good(
      "bounded by the window",
      `
from tecton import BatchSource, HiveConfig, batch_feature_view

transactions = BatchSource(name="transactions", batch_config=HiveConfig(table="t", timestamp_field="ts"))

@batch_feature_view(sources=[transactions.unfiltered()], entities=[user], mode="spark_sql")
def counts(transactions, context):
    return f"SELECT user_id, ts, amount FROM {transactions} WHERE ts < '{context.end_time}'"
`,
    ),
    good(
      "a table of one row a key",
      `
from tecton import BatchSource, HiveConfig, batch_feature_view

products = BatchSource(name="products", batch_config=HiveConfig(table="p"))

@batch_feature_view(sources=[products.unfiltered()], entities=[product], mode="spark_sql")
def named(products):
    return f"SELECT id, name FROM {products}"
`,
    ),
  ],
  check(facts, report) {
    for (const { definition, name, queries, params } of facts.transformations.values()) {
      const isBounded =
        params.includes("context") &&
        (queries.size === 0 ||
          [...queries.values()].some(({ query, written }) => /context\./.test(written(query.at))));
      if (isBounded) continue;
      for (const { reference, at } of given(definition, "sources")?.items ?? []) {
        const filter = facts.definitions.get(reference);
        const source =
          filter?.is === "unfiltered"
            ? facts.definitions.get(given(filter, "of")?.reference ?? -1)
            : undefined;
        const config = source && facts.definitions.get(given(source, "batch_config")?.reference ?? -1);
        const moment = config && given(config, "timestamp_field", "timestamp_key")?.constant;
        if (!source || typeof moment !== "string") continue;
        const text = facts.textOf(at);
        const cut = text.lastIndexOf(".unfiltered()");
        const start = { line: at.end.line, character: at.end.character - (text.length - cut) };
        report({
          at,
          message: `\`${String(given(source, "name")?.constant ?? text.slice(0, cut))}\` has a moment (\`${moment}\`), and \`${name}\` reads all of its rows: those after the window that is computed, too.`,
          path: [step("source", source.at, source.is)],
          fixes:
            cut < 0 || text.includes("\n")
              ? []
              : [
                  {
                    title: "Read the window's rows alone",
                    kind: "automatic",
                    edits: [{ cellId: at.cell, range: { start, end: at.end }, newText: "" }],
                  },
                ],
        });
      }
    }
  },
});
