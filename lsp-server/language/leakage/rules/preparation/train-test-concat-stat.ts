import { good, leaksOf, note, rule } from "../../rule.ts";
import { filesOf, listed } from "../names.ts";
import { isStackedToAnswer, messageOf, modelsNamed, pathOf, reaches } from "./before-split.ts";

/** The files of training and test are put together, and a statistic of both prepares them. */
export const trainTestConcatStat = rule({
  id: "train-test-concat-stat",
  kind: "preprocessing",
  tier: "named",
  severity: "information",
  title: "Prepared by a statistic of training and test together",
  why: "The rows to be answered took part in what prepares them: in a competition they are there at once, in production they are not.",
  instead:
    "Learn the statistic on the training file and apply it to both; put the files together only for what looks at one row at a time.",
  source: "Yang et al., ASE 2022; Kapoor and Narayanan 2023, L1.2",
  examples: [
    note(
      "one mean of both files, for a submission",
      `
train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
both = pd.concat([train, test])
both["fare"] = both["fare"].fillna(both["fare"].mean())
#                                  ^^^^^^^^^^^^^^^^^^^ of both
train, test = both[: len(train)], both[len(train) :]
model = RandomForestClassifier().fit(train[["fare"]], train["survived"])
answers = model.predict(test[["fare"]])
`,
      "`mean` was computed from `test.csv` and `train.csv` together, and `RandomForestClassifier` learned from the result; it answers about rows that took part, and no score here rests on it.",
    ),
    good(
      "put together for what looks at one row at a time",
      `
train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
both = pd.concat([train, test])
both["fare"] = both["fare"].fillna(0)
train, test = both[: len(train)], both[len(train) :]
model = RandomForestClassifier().fit(train[["fare"]], train["survived"])
answers = model.predict(test[["fare"]])
`,
    ),
    good(
      "the mean of the training file fills both",
      `
train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
middle = train["fare"].mean()
both = pd.concat([train, test])
both["fare"] = both["fare"].fillna(middle)
train, test = both[: len(train)], both[len(train) :]
model = RandomForestClassifier().fit(train[["fare"]], train["survived"])
answers = model.predict(test[["fare"]])
`,
    ),
  ],
  check(facts, report) {
    for (const { mark, evaluations } of leaksOf(facts, (one) => one.fit.inputs.marks, reaches)) {
      if (!isStackedToAnswer(facts, mark, evaluations)) continue;
      const told = {
        label: mark.label,
        what: `\`${mark.label}\``,
        among: `\`${mark.label}\``,
        from: `${listed(filesOf(mark.rows))} together`,
        outcome: `${modelsNamed(evaluations)} learned from the result; it answers about rows that took part, and no score here rests on it`,
        seen: "the rows to be answered",
      };
      report({
        at: mark.at,
        isTransductive: true,
        message: messageOf(told),
        told,
        path: pathOf(facts, mark, evaluations, `${mark.label} learns from all files`),
        about: { mark, evaluations },
      });
    }
  },
});
