import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { notebookOf } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { analyze } from "../analyze.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const load = 'import pandas as pd\ndf = pd.read_csv("data.csv")\nX, y = df[["a", "b"]], df["y"]';
const scale = "X = StandardScaler().fit_transform(X)";
const split = "X_train, X_test, y_train, y_test = train_test_split(X, y)";
const score = "model = SVC().fit(X_train, y_train)\nmodel.score(X_test, y_test)";

const book = (...sources: string[]) =>
  notebookOf(
    "n.ipynb",
    sources.map((source, at) => ({ id: "abcdefgh"[at] ?? String(at), source })),
  );

describe("names that are read above what gives them", () => {
  const below = (sources: string[], order?: string[]): string[] =>
    analyze(book(...sources), { python, ...(order ? { order } : {}) })
      .coverage.gaps.filter(({ code }) => code === "coverage/given-below")
      .map(({ cellId, reason }) => `${cellId} ${/`(\w+)`/.exec(reason)?.[1]}`);

  test("are said, for the notebook may have run in another order", () => {
    expect(below([load, score, scale, split])).toEqual(["b X_train", "b y_train", "b X_test", "b y_test"]);
  });

  test("are no matter in the order that the cells did run in", () => {
    expect(below([load, score, scale, split], ["a", "c", "d", "b"])).toEqual([]);
  });

  test("are not those that nothing gives, nor those of functions that run later", () => {
    expect(below(["X = StandardScaler().fit_transform(X)", split, score])).toEqual([]);
    expect(
      below(["def judge():\n    return model.score(X_test, y_test)", load, split, score, "judge()"]),
    ).toEqual([]);
  });
});

test("a name that a shell of Spark gives is one of the notebook's own where that gives it", () => {
  const own = ["X = pd.read_csv('a.csv')", "X = sc.fit_transform(X)", "sc = StandardScaler()"];
  const codes = (...sources: string[]) =>
    analyze(book(...sources), { python }).coverage.gaps.map(({ code }) => code);
  expect(codes(...own)).toContain("coverage/given-below");
  expect(codes("rows = sc.parallelize([1, 2])", "print(rows)")).not.toContain("coverage/name-not-given");
});

describe("names that nothing gives", () => {
  const ungiven = (...sources: string[]): string[] =>
    analyze(book(...sources), { python })
      .coverage.gaps.filter(({ code }) => code === "coverage/name-not-given")
      .map(({ cellId, reason }) => `${cellId} ${reason}`);

  test("are said, once a cell", () => {
    expect(ungiven("SVC().fit(X, y).score(X_test, y)", "print(X, df_data_1)")).toEqual([
      "a Nothing that was read gives `X`, `y` and `X_test`.",
      "b Nothing that was read gives `df_data_1`.",
    ]);
  });

  test("are none of a text that does not parse, and that is said as such; where it is written again, it is one", () => {
    expect(ungiven("lookback check src --fix\n% time x\ntrain, test = ", "SVC().fit(src)")).toEqual([
      "b Nothing that was read gives `src`.",
    ]);
  });

  test("are counted where they are many", () => {
    const names = Array.from({ length: 30 }, (_, at) => `table_${at}`).join(", ");
    expect(ungiven(`print(${names})`)[0]).toMatch(/`table_3` and 26 more\.$/);
  });

  test("are not Python's, IPython's, those of a handler, nor how libraries are usually called", () => {
    expect(
      ungiven(
        load,
        "try:\n    X = pd.concat([X])\nexcept (ValueError, OSError) as e:\n    display(e)\nhelp(X)\nexit()",
        "print(np.mean(unicode), __name__)",
      ),
    ).toEqual([]);
  });
});
