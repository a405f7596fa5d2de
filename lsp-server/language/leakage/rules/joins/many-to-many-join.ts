import type { Evaluation } from "../../facts/values/fit.ts";
import type { JoinFact, Side } from "../../facts/values/join-fact.ts";
import type { Fix } from "../../finding.ts";
import { withMoreArguments } from "../../fixes/call-text.ts";
import type { Place } from "../../ir.ts";
import { bad, good, type NotebookFacts, rule } from "../../rule.ts";
import { joinedInputs, pathOf, sideText } from "./joined-inputs.ts";

/** Several rows of a key on both sides: each meets each, and copies stand on both sides of the split. */
export const manyToManyJoin = rule({
  id: "many-to-many-join",
  kind: "join",
  tier: "named",
  severity: "warning",
  title: "Rows multiplied before the split",
  why: "Each row comes out once for every row that it meets. Cut at random, its copies are learned from and asked for.",
  instead:
    'Sum the right side up to one row of each key first, or say what is meant: `validate="m:1"` fails where it is not so.',
  source: "pandas, DataFrame.merge: validate; Kapoor and Narayanan 2023, L1.4",
  examples: [
    bad(
      "orders with visits, by user alone",
      `
orders, visits = pd.read_csv("orders.csv"), pd.read_csv("visits.csv")
print(orders.groupby("user").size(), visits.groupby("user").size())
joined = orders.merge(visits, on="user")
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ each meets each
train, test = train_test_split(joined)
model = SVC().fit(train[["pages"]], train["returned"])
print(model.score(test[["pages"]], test["returned"]))
`,
      "`orders.csv` and `visits.csv` are joined by `user`, of which both hold several rows (both are grouped by it): each row comes out several times, and `train_test_split` puts its copies on both sides.",
    ),
    good(
      "one row of each user on the right",
      `
orders, visits = pd.read_csv("orders.csv"), pd.read_csv("visits.csv")
print(orders.groupby("user").size())
pages = visits.groupby("user").agg({"pages": "sum"}).reset_index()
joined = orders.merge(pages, on="user")
train, test = train_test_split(joined)
model = SVC().fit(train[["pages"]], train["returned"])
print(model.score(test[["pages"]], test["returned"]))
`,
    ),
    good(
      "it fails where there are several",
      `
orders, visits = pd.read_csv("orders.csv"), pd.read_csv("visits.csv")
print(orders.groupby("user").size(), visits.groupby("user").size())
joined = orders.merge(visits, on="user", validate="m:1")
train, test = train_test_split(joined)
model = SVC().fit(train[["pages"]], train["returned"])
print(model.score(test[["pages"]], test["returned"]))
`,
    ),
    good(
      "nothing says that there are several",
      `
orders, users = pd.read_csv("orders.csv"), pd.read_csv("users.csv")
print(orders.groupby("user").size())
joined = orders.merge(users, on="user")
train, test = train_test_split(joined)
model = SVC().fit(train[["age"]], train["returned"])
print(model.score(test[["age"]], test["returned"]))
`,
    ),
    good(
      "cut so that no user stands on both sides",
      `
orders, visits = pd.read_csv("orders.csv"), pd.read_csv("visits.csv")
print(orders.groupby("user").size(), visits.groupby("user").size())
joined = orders.merge(visits, on="user")
train, test = joined[joined["user"] < 1000], joined[joined["user"] >= 1000]
model = SVC().fit(train[["pages"]], train["returned"])
print(model.score(test[["pages"]], test["returned"]))
`,
    ),
  ],
  check(facts, report) {
    for (const found of joinedInputs(facts, (join) => multiplies(facts, join))) {
      const { mark, join, evaluations } = found;
      const split = evaluations.map((one) => randomSplit(facts, one)).find((one) => one !== null);
      if (!split) continue;
      const keys = join.leftKeys.map((key) => `\`${key}\``).join(", ");
      report({
        at: mark.at,
        message: `${sideText(join.left, "The left side")} and ${sideText(join.right, "the right side")} are joined by ${keys}, of which both hold several rows (both are grouped by it): each row comes out several times, and \`${split}\` puts its copies on both sides.`,
        path: pathOf(facts, found, `joined by ${join.leftKeys.join(", ")}`),
        about: { mark },
        fixes: fixesOf(facts, mark.at),
      });
    }
  },
});

/** Both sides hold several rows of a key: somebody groups by it what is joined. */
function multiplies(facts: NotebookFacts, join: JoinFact): boolean {
  const { how, left, right, leftKeys, rightKeys, isValidated } = join;
  if (how !== "equal" || isValidated || leftKeys.length === 0) return false;
  return hasSeveral(facts, left, leftKeys) && hasSeveral(facts, right, rightKeys);
}

function hasSeveral(
  { groupings }: NotebookFacts,
  { rows, isOneRowPer }: Side,
  keys: readonly string[],
): boolean {
  if (isOneRowPer !== null || !rows) return false;
  return [...groupings.values()].some(
    (grouping) =>
      grouping.rows?.tables.some((table) => rows.tables.includes(table)) === true &&
      keys.every((key) => grouping.keys.includes(key)),
  );
}

/** What cuts rows at random; null where a score rests on no such cut. */
function randomSplit({ splits }: NotebookFacts, { inputs }: Evaluation): string | null {
  const ids = new Set(inputs.rows?.limits.map(({ cut }) => cut) ?? []);
  return [...splits.values()].find(({ id, how }) => ids.has(id) && how === "random")?.label ?? null;
}

function fixesOf(facts: NotebookFacts, at: Place): Fix[] {
  const text = facts.textOf(at);
  if (!/\.merge\(/.test(text)) return [];
  return [
    {
      title: 'Fail where a key has several rows on the right: validate="m:1"',
      kind: "suggestion",
      edits: [{ cellId: at.cell, range: at, newText: withMoreArguments(text, 'validate="m:1"') }],
    },
  ];
}
