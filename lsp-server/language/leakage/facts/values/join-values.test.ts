import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import type { Python } from "../../../notebook/python.ts";
import { readNotebook } from "../../../notebook/read-notebook.ts";
import { analyze } from "../../analyze.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

test.each([
  ["a faster library", "from cuml.preprocessing import StandardScaler as Scaler"],
  ["nothing at all", "from sklearn.preprocessing import StandardScaler as Scaler", "Scaler = None"],
  [
    "a file of somebody's own",
    "from our_scalers import Fancy as Scaler",
    "from sklearn.preprocessing import StandardScaler as Scaler",
  ],
  ["two other libraries", "from cuml.preprocessing import StandardScaler as Scaler", "import a", "import b"],
])(
  "a class is that which was meant, not what stands in for it where it is missing: %s",
  (_, meant, ...others) => {
    const handlers = (
      others.length > 0 ? others : ["from sklearn.preprocessing import RobustScaler as Scaler"]
    )
      .map((other, at) => `except ${at === 0 ? "ImportError" : "OSError"}:\n    ${other}`)
      .join("\n");
    const code = `try:
    ${meant}
${handlers}
df = pd.read_csv("data.csv")
X = Scaler().fit_transform(df[["a", "b"]])
X_train, X_test, y_train, y_test = train_test_split(X, df["y"], random_state=0)
print(SVC().fit(X_train, y_train).score(X_test, y_test))`;
    const { findings } = analyze(readNotebook(code, "a.py").value, { python });
    expect(findings.map(({ message }) => message)).toEqual([
      "`StandardScaler` was computed from all rows of `data.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
    ]);
  },
);
