import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { firstFix } from "./first-fix.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const notebook = (lines: string) => `import numpy as np
df = pd.read_csv("people.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["age", "income"]], df["ill"])
${lines}
model = SVC().fit(X_train, y_train)
print(model.score(X_test, y_test))`;
const filled = (part: string, by: string) => `${part}["income"] = ${part}["income"].fillna(${by})`;
const fixed = (...lines: string[]) => firstFix("imputer-before-split", notebook(lines.join("\n")), python);

describe("what both parts are filled by", () => {
  test.each([["mean()"], ["median()"], ["quantile(0.9)"]])(
    "is learned once, from the training part: %s",
    (how) => {
      const name = `train_${how.replace(/\(.*/, "")}`;
      const by = `df["income"].${how}`;
      expect(fixed(filled("X_train", by), filled("X_test", by)).text).toContain(
        [`${name} = X_train["income"].${how}`, filled("X_train", name), filled("X_test", name)].join("\n"),
      );
    },
  );

  test("is the same however it is written", () => {
    const { text } = fixed(filled("X_train", 'df["income"].mean()'), filled("X_test", "np.mean(df.income)"));
    expect(text).toContain([filled("X_train", "train_mean"), filled("X_test", "train_mean")].join("\n"));
  });

  test("stays where another part is filled by it that nobody is asked about", () => {
    const by = 'df["income"].mean()';
    const lines = [filled("X_train", by), filled("X_test", by), filled("others", by)];
    expect(fixed(...lines).titles).toEqual([]);
  });

  test("is found where the rows that are asked about alone are filled by all", () => {
    const code = notebook(
      [filled("X_train", 'X_train["income"].mean()'), filled("X_test", 'df["income"].mean()')].join("\n"),
    );
    const { findings } = analyze(readNotebook(code, "a.py").value, { python });
    expect(findings.map(({ rule, range, message }) => [rule, range.start.line, message])).toEqual([
      [
        "imputer-before-split",
        4,
        "`mean` for `income` was computed from all rows of `people.csv`, test rows included, and `SVC` is asked about the result; 1 score rests on it.",
      ],
    ]);
    expect(firstFix("imputer-before-split", code, python).text).toBe("");
  });
});
