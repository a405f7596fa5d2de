import type { Mark } from "../../facts/values/mark.ts";
import { orderText, timeOrderOf } from "../../facts/values/time-order.ts";
import type { Fix } from "../../finding.ts";
import { withoutArgument } from "../../fixes/call-text.ts";
import { bad, good, type NotebookFacts, rule } from "../../rule.ts";
import { type LaterValue, laterValues, pathOf } from "./later-rows.ts";

/** A window around each row, half of it in the future, becomes a feature. */
export const centeredWindow = rule({
  id: "centered-window",
  kind: "later-rows",
  tier: "core",
  severity: "error",
  title: "A window that looks both ways",
  why: "Half of the rows in it have not happened yet when the model is asked, so the score speaks of a model that sees the future.",
  instead:
    "Leave `center=True` out: the window then ends with the row. Add `shift(1)` where the row itself is what is to be predicted.",
  source: "Kapoor and Narayanan 2023, L3.1; pandas, DataFrame.rolling",
  examples: [
    bad(
      "a mean of the week around each day",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["smooth"] = df["sold"].rolling(7, center=True).mean()
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ half of it has not happened yet
train, test = df[:800], df[800:]
model = Ridge().fit(train[["smooth"]], train["more"])
print(model.score(test[["smooth"]], test["more"]))
`,
      "`smooth` comes from a window around each row (`rolling`), and `Ridge` learns from it: half of the window has not happened yet.",
    ),
    bad(
      "a mean of the rows before, where the latest stands first",
      `
df = pd.read_csv("sales.csv").sort_values("day", ascending=False)
df["smooth"] = df["sold"].rolling(7).mean()
#              ^^^^^^^^^^^^^^^^^^^^^ later days
train, test = df[df["day"] < "2024-01-01"], df[df["day"] >= "2024-01-01"]
model = Ridge().fit(train[["smooth"]], train["more"])
print(model.score(test[["smooth"]], test["more"]))
`,
      "`smooth` comes from a window (`rolling`) over rows of which the latest stands first (by `day`), and `Ridge` learns from it: what stands before a row has not happened yet.",
    ),
    bad(
      "a window that begins with each row",
      `
df = pd.read_csv("sales.csv").sort_values("day")
ahead = pd.api.indexers.FixedForwardWindowIndexer(window_size=7)
df["smooth"] = df["sold"].rolling(ahead).mean()
#              ^^^^^^^^^^^^^^^^^^^^^^^^^ none of it has happened yet
train, test = df[:800], df[800:]
model = Ridge().fit(train[["smooth"]], train["more"])
print(model.score(test[["smooth"]], test["more"]))
`,
      "`smooth` comes from a window that begins with each row (`FixedForwardWindowIndexer`), and `Ridge` learns from it: what follows has not happened yet.",
    ),
    bad(
      "over rows that are turned around",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["smooth"] = df["sold"][::-1].rolling(7).mean()[::-1]
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ later days
train, test = df[:800], df[800:]
model = Ridge().fit(train[["smooth"]], train["more"])
print(model.score(test[["smooth"]], test["more"]))
`,
      "`smooth` comes from a window (`rolling`) over rows of which the latest stands first (by `day`), and `Ridge` learns from it: what stands before a row has not happened yet.",
    ),
    good(
      "a mean of the week before",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["smooth"] = df["sold"].rolling(7).mean()
train, test = df[:800], df[800:]
model = Ridge().fit(train[["smooth"]], train["more"])
print(model.score(test[["smooth"]], test["more"]))
`,
    ),
    good(
      "drawn, and not learned from",
      `
df = pd.read_csv("sales.csv").sort_values("day")
plt.plot(df["sold"].rolling(7, center=True).mean())
train, test = df[:800], df[800:]
model = Ridge().fit(train[["sold"]], train["more"])
print(model.score(test[["sold"]], test["more"]))
`,
    ),
  ],
  check(facts, report) {
    for (const found of laterValues(facts, isWindow))
      report({
        at: found.mark.at,
        message: messageOf(found),
        path: pathOf(facts, found),
        fixes: fixesOf(facts, found.mark),
      });
  },
});

function messageOf({ mark, column, evaluations }: LaterValue): string {
  const order = timeOrderOf(mark.along?.frame ?? null);
  const learned = `and \`${evaluations[0]?.fit.model}\` learns from it`;
  return order?.isDescending
    ? `\`${column}\` comes from a window (\`${mark.label}\`) over rows of which the latest stands first (by ${orderText(order.by)}), ${learned}: what stands before a row has not happened yet.`
    : mark.label.startsWith("FixedForward")
      ? `\`${column}\` comes from a window that begins with each row (\`${mark.label}\`), ${learned}: what follows has not happened yet.`
      : `\`${column}\` comes from a window around each row (\`${mark.label}\`), ${learned}: half of the window has not happened yet.`;
}

/** A call that opens a window, or answers about one, which may reach into later rows. */
function isWindow({ label }: Mark): boolean {
  return /^(ewm|rolling|FixedForward)/.test(label);
}

function fixesOf(facts: NotebookFacts, { at }: Mark): Fix[] {
  const newText = withoutArgument(facts.textOf(at), "center");
  if (newText === null) return [];
  return [
    {
      title: "End the window with the row: no center=True",
      kind: "suggestion",
      edits: [{ cellId: at.cell, range: at, newText }],
    },
  ];
}
