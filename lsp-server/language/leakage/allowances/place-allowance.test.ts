import { loadPython } from "@lookback/service/files/load-python.ts";
import { loadSql } from "@lookback/service/files/load-sql.ts";
import { expect, test } from "vitest";
import { notebookOf } from "../../notebook/notebook.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { applyFix } from "../apply-fix.ts";
import type { Allowance } from "./allowance.ts";
import { placeAllowance } from "./place-allowance.ts";

const load = 'df = pd.read_csv("houses.csv")\nmodel = LinearRegression().fit(df[["size"]], df["price"])\n';
const scores: Readonly<Record<string, string>> = {
  "one line": 'print(model.score(df[["size"]], df["price"]))',
  "several lines": 'print(\n    """\n    a""",\n    model.score(df[["size"]], df["price"]),\n)',
  "a block": 'if True:\n    print(model.score(df[["size"]], df["price"]))',
  "a timed cell": '# %%\n%%time\nprint(model.score(df[["size"]], df["price"]))',
  "below a shell cell": '# %%\n%%bash\nls\n# %%\nprint(model.score(df[["size"]], df["price"]))',
  "a header": `#!/usr/bin/env python\n# A script.\nimport pandas as pd\n`,
};

test.each(
  Object.keys(scores).flatMap((name) =>
    (["statement", "cell", "file"] as const).map((scope): [string, Allowance["scope"]] => [name, scope]),
  ),
)("in %s, the comment for a %s is heard and stands where it may", async (name, scope) => {
  const python = await loadPython();
  const code = name === "a header" ? scores[name] + load + scores["one line"] : load + scores[name];
  const { value } = readNotebook(code, "n.py");
  const [finding] = analyze(value, { python }).findings;
  expect(finding?.rule).toBe("evaluate-on-train");
  const place = finding ? placeAllowance(python, value, finding, scope) : null;
  if (place === null || finding === undefined) throw new Error("no place");
  const fixed = applyFix(value, {
    title: "",
    kind: "suggestion",
    edits: [
      {
        cellId: place.cellId,
        range: { start: place.at, end: place.at },
        newText: `${place.before}known${place.after}`,
      },
    ],
  });
  const { findings, allowed, broken } = analyze(fixed, { python });
  expect([findings, broken]).toEqual([[], []]);
  expect(allowed.map(({ rule }) => rule)).toEqual(["evaluate-on-train"]);
  const first = fixed.cells[0]?.source.split("\n")[0];
  if (name === "a header") expect(first).toBe("#!/usr/bin/env python");
});

test("has no place above a cell's magic that runs the line itself", async () => {
  const python = await loadPython();
  const { value } = readNotebook(`${load}# %%\n%%timeit model.score(df[["size"]], df["price"])\n1`, "n.py");
  const [cell] = value.cells.slice(-1);
  const finding = {
    rule: "evaluate-on-train",
    cellId: cell?.id ?? "",
    range: { start: { line: 1, character: 9 }, end: { line: 1, character: 20 } },
  };
  expect(placeAllowance(python, value, finding, "statement")).toBeNull();
  expect(placeAllowance(python, value, finding, "cell")?.at).toEqual({ line: 2, character: 0 });
});

test.each([
  ["statement", "SELECT 1;\n  -- lookback: allow scaler-before-split — known\n  SELECT y,"],
  ["cell", "%%sql df <<\n-- lookback: allow-cell scaler-before-split — known\nSELECT 1;"],
] as const)("in a cell of SQL a comment of SQL allows it for its %s", async (scope, expected) => {
  const python = await loadPython();
  const sql = await loadSql();
  const value = notebookOf("n", [
    { id: "a", source: "t = pd.DataFrame({'x': [1, 2], 'y': [0, 1]})" },
    { id: "b", source: "%%sql df <<\nSELECT 1;\n  SELECT y,\n avg(x) OVER () AS x\nFROM t" },
    {
      id: "c",
      source: `X_train, X_test, y_train, y_test = train_test_split(df[["x"]], df["y"])
print(SVC().fit(X_train, y_train).score(X_test, y_test))`,
    },
  ]);
  const [finding] = analyze(value, { python, sql }).findings;
  const place = finding ? placeAllowance(python, value, finding, scope) : null;
  if (place === null) throw new Error("no place");
  const fixed = applyFix(value, {
    title: "",
    kind: "suggestion",
    edits: [
      {
        cellId: place.cellId,
        range: { start: place.at, end: place.at },
        newText: `${place.before}known${place.after}`,
      },
    ],
  });
  expect(fixed.cells[1]?.source).toContain(expected);
  const { findings, allowed } = analyze(fixed, { python, sql });
  expect([findings, allowed.map(({ rule }) => rule)]).toEqual([[], ["scaler-before-split"]]);
});
