import { positionAt } from "../../../notebook/notebook.ts";
import type { Data } from "../../facts/values/data.ts";
import type { Evaluation, Fit } from "../../facts/values/fit.ts";
import type { Split } from "../../facts/values/split.ts";
import type { Traits } from "../../facts/values/traits.ts";
import type { Fix } from "../../finding.ts";
import type { Place } from "../../ir.ts";
import { bad, distinct, good, type NotebookFacts, rule, scoreStep, step } from "../../rule.ts";
import { outcomesOf, reasonOf } from "./named-after-outcome.ts";

/** A column that is recorded with the outcome, or after it, is among the inputs. */
export const outcomeProxy = rule({
  id: "outcome-proxy",
  kind: "outcome-proxy",
  tier: "named",
  severity: "warning",
  title: "Named like something recorded with the outcome",
  why: "Where this column is still empty at the moment of prediction, the score rests on something that production will not have.",
  instead: "Drop it, or use what was known of it before the prediction.",
  source: "Kaufman et al. 2012, Leakage in data mining; Kapoor and Narayanan 2023, L2",
  examples: [
    bad(
      "the departure's delay beside the arrival's",
      `
flights = pd.read_csv("flights.csv")
flights["late"] = flights["arr_delay"] > 30
inputs = ["distance", "hour", "dep_delay"]
#                             ^^^^^^^^^^^ known after the fact
train, test = flights[:200000], flights[200000:]
model = SVC().fit(train[inputs], train["late"])
model.score(test[inputs], test["late"])
`,
      "`dep_delay` is named like `arr_delay`, which the outcome `late` is computed from, and may be measured when that is, or after. This rests on the columns' names.",
    ),
    bad(
      "what follows a default",
      `
loans = pd.read_csv("loans.csv")
X = loans[["income", "recovery_amount"]]
#                    ^^^^^^^^^^^^^^^^^ known after the fact
y = loans["defaulted"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
LogisticRegression().fit(X_train, y_train).score(X_test, y_test)
`,
      "`recovery_amount` is named like the outcome `defaulted`, and may be measured when that is, or after. This rests on the columns' names.",
    ),
    bad(
      "when a request was settled, beside whether it was answered well",
      `
requests = pd.read_csv("requests.csv")
inputs = ["length", "resolved_at"]
#                   ^^^^^^^^^^^^^ known after the fact
X_train, X_test, y_train, y_test = train_test_split(requests[inputs], requests["satisfied"])
LogisticRegression().fit(X_train, y_train).score(X_test, y_test)
`,
      "`resolved_at` is named like something that may be recorded after the outcome `satisfied`. This rests on the columns' names.",
    ),
    bad(
      "the actual time beside the planned one",
      `
trips = pd.read_csv("trips.csv")
inputs = ["sched_end_time", "end_time", "price"]
#                           ^^^^^^^^^^ known after the fact
X_train, X_test, y_train, y_test = train_test_split(trips[inputs], trips["satisfied"])
LogisticRegression().fit(X_train, y_train).score(X_test, y_test)
`,
      "`end_time` stands beside `sched_end_time`, and may be the actual value, known only once it happened. This rests on the columns' names.",
    ),
    good(
      "dropped before the fit",
      `
flights = pd.read_csv("flights.csv")
flights["late"] = flights["arr_delay"] > 30
inputs = ["distance", "hour", "dep_delay"]
inputs.remove("dep_delay")
train, test = flights[:200000], flights[200000:]
SVC().fit(train[inputs], train["late"]).score(test[inputs], test["late"])
`,
    ),
    good(
      "an average of earlier flights' delays",
      `
flights = pd.read_csv("flights.csv").sort_values("hour")
flights["late"] = flights["arr_delay"] > 30
flights["mean_dep_delay_3h"] = flights["dep_delay"].shift(20).rolling(50).mean()
inputs = ["distance", "mean_dep_delay_3h"]
train, test = flights[:200000], flights[200000:]
SVC().fit(train[inputs], train["late"]).score(test[inputs], test["late"])
`,
    ),
    good(
      "names that only look alike",
      `
houses = pd.read_csv("houses.csv")
X = houses[["garage_area", "lot_area", "year_sold"]]
X_train, X_test, y_train, y_test = train_test_split(X, houses["sale_price"])
Ridge().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
  ],
  check(facts, report) {
    const seen = new Map<string, { evaluations: Evaluation[]; proxy: Proxy }>();
    const proxies = new Map<Fit, readonly Proxy[]>();
    for (const evaluation of facts.evaluations.values()) {
      const { fit } = evaluation;
      const { inputs } = fit;
      const found = proxies.get(fit) ?? (fit.target ? proxiesOf(inputs, fit.target) : []);
      proxies.set(fit, found);
      for (const proxy of found) {
        const at = proxy.traits.picked ?? inputs.at;
        const key = `${at.cell}:${at.from}:${proxy.name}`;
        const entry = seen.get(key) ?? { evaluations: [], proxy };
        entry.evaluations.push(evaluation);
        seen.set(key, entry);
      }
    }
    for (const { evaluations, proxy } of seen.values()) {
      const [first] = evaluations;
      if (!first) continue;
      const at = proxy.traits.picked ?? first.fit.inputs.at;
      report({
        at,
        message: `\`${proxy.name}\` ${proxy.because}. This rests on the columns' names.`,
        path: distinct([
          step("source", at, `${proxy.name} is an input`),
          ...splitsOf(facts, evaluations).map((split) => step("split", split.at, split.label)),
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
        about: { columns: [proxy.name], fits: evaluations.map(({ fit }) => fit) },
        fixes: proxy.traits.picked ? [dropFromList(facts, proxy.traits.picked, proxy.name)] : [],
      });
    }
  },
});

interface Proxy {
  readonly name: string;
  readonly traits: Traits;
  readonly because: string;
}

function proxiesOf(inputs: Data, target: Data): Proxy[] {
  const outcomes = outcomesOf(target);
  if (outcomes.size === 0 || !inputs.columns) return [];
  const known = new Set([...inputs.columns.keys(), ...Object.keys(inputs.frame?.types ?? {})]);
  return [...inputs.columns].flatMap(([name, traits]): Proxy[] => {
    // Something of earlier rows is known, whatever it is called.
    const isPast = [...traits.marks.values()].some((mark) => mark.kind === "lag");
    if (isPast || outcomes.has(name)) return [];
    const because = reasonOf(name, target, known);
    return because ? [{ name, traits, because: because.text }] : [];
  });
}

function splitsOf(facts: NotebookFacts, evaluations: readonly Evaluation[]): Split[] {
  return [...facts.splits.values()].filter((split) =>
    evaluations.some((one) => one.inputs.rows?.limits.some((limit) => limit.cut === split.id)),
  );
}

function dropFromList(facts: NotebookFacts, picked: Place, name: string): Fix {
  const source = facts.sourceOf(picked.cell);
  let [from, to] = [picked.from, picked.to];
  const after = /^\s*,[^\S\n]*/.exec(source.slice(to));
  if (after) {
    to += after[0].length;
    // A line of its own goes whole.
    const lineStart = source.lastIndexOf("\n", from - 1) + 1;
    if (source[to] === "\n" && source.slice(lineStart, from).trim() === "") {
      from = lineStart;
      to += 1;
    }
  } else from -= /,?\s*$/.exec(source.slice(0, from))?.[0].length ?? 0;
  return {
    title: `Drop ${name} from the inputs`,
    kind: "suggestion",
    edits: [
      {
        cellId: picked.cell,
        range: { start: positionAt(source, from), end: positionAt(source, to) },
        newText: "",
      },
    ],
  };
}
