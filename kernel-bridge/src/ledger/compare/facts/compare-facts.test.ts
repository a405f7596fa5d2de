import { describe, expect, it } from "vitest";
import { sampleData, sampleMetric, sampleModel, sampleSide } from "../fixtures/sample-side.ts";
import { compareData } from "./compare-data.ts";
import { compareFacts } from "./compare-facts.ts";
import { compareMetrics } from "./compare-metrics.ts";
import { compareModels } from "./compare-models.ts";
import { valueTable } from "./value-table.ts";

describe("facts", () => {
  it("are compared by value, whatever their fields are", () => {
    const states = (left: object, right: object, nullMeans: "a value" | "not known") =>
      Object.fromEntries(compareFacts(left, right, nullMeans).map(({ name, state }) => [name, state]));
    const left = { a: 1, b: { x: 1, y: 2 }, c: null, d: 1 };
    const right = { a: 2, b: { y: 2, x: 1 }, c: null, e: 1 };
    expect(states(left, right, "a value")).toEqual({
      a: "changed",
      b: "same",
      c: "same",
      d: "removed",
      e: "added",
    });
    expect(states(left, right, "not known")).toEqual({
      a: "changed",
      b: "same",
      c: "unknown",
      d: "unknown",
      e: "unknown",
    });
  });
});

describe("data", () => {
  it("compares columns", () => {
    const columns = (...names: string[]) => names.map((name) => ({ name, type: "int64" }));
    const left = sampleData("w.csv", "a", { columns: columns("a", "b", "c") });
    const right = sampleData("w.csv", "b", {
      columns: [{ name: "b", type: "float64" }, ...columns("a", "d")],
    });
    expect(compareData([left], [right])).toMatchObject([
      {
        state: "changed",
        schema: {
          added: [{ name: "d" }],
          removed: [{ name: "c" }],
          retyped: [{ name: "b", left: "int64", right: "float64" }],
          isReordered: true,
        },
      },
    ]);
    expect(compareData([left], [sampleData("w.csv", "a", { columns: null })])[0]?.schema).toBeNull();
  });

  it("of a file used in several versions shows the ones that differ", () => {
    const uses = (...contents: string[]) => contents.map((content) => sampleData("w.csv", content));
    const [row] = compareData(uses("a", "b", "c"), uses("a", "x", "c"));
    expect(row).toMatchObject({
      state: "changed",
      left: { sha256: uses("b")[0]!.sha256 },
      right: { sha256: uses("x")[0]!.sha256 },
    });
    expect(compareData(uses("a", "b"), uses("b", "a"))[0]?.state).toBe("same");
  });

  it("keeps reads and writes apart", () => {
    const written = sampleData("w.csv", "a", { access: "write" });
    expect(compareData([sampleData("w.csv", "a")], [written]).map(({ state }) => state)).toEqual([
      "added",
      "removed",
    ]);
  });
});

describe("models", () => {
  it("are matched by variable, then by class, then because there is one", () => {
    const forest = sampleModel({ className: "sklearn.ensemble.RandomForest", variable: "m" });
    expect(compareModels([forest], [sampleModel({ variable: "n" })])).toMatchObject([
      { name: "n", state: "changed" },
    ]);
    expect(
      compareModels([forest, sampleModel()], [sampleModel(), sampleModel({ variable: "z" })]).map(
        ({ name, state }) => [name, state],
      ),
    ).toEqual([
      ["model", "same"],
      ["z", "added"],
      ["m", "removed"],
    ]);
  });

  it("are not changed by the time they took, and not the same where something was not recorded", () => {
    const state = (over: object) => compareModels([sampleModel()], [sampleModel(over)])[0]?.state;
    expect(state({ durationMs: 99 })).toBe("same");
    expect(state({ rows: null })).toBe("unknown");
    expect(state({ features: ["a"] })).toBe("changed");
    expect(state({ ...{ somethingNew: 1 } })).toBe("unknown");
    expect(state({ model: "s.1" })).toBe("same");
  });

  it("show a step's parameter once, whoever names it", () => {
    const steps = { steps: ["a.Scaler", "b.Ridge"], stepParameters: [{ copy: true }, { alpha: 1 }] };
    const [model] = compareModels(
      [sampleModel({ ...steps, parameters: { ridge__alpha: 1 } })],
      [sampleModel({ ...steps, parameters: { ridge__alpha: 2 } })],
    );
    expect(model?.parameters.map(({ name, state }) => [name, state])).toEqual([
      ["ridge__alpha", "changed"],
      ["Scaler.copy", "same"],
    ]);
  });
});

describe("metrics", () => {
  it("of a series are compared by their last, and say how many there are", () => {
    const series = (count: number) => ({
      metrics: Array.from({ length: count }, (_, at) => sampleMetric("loss", at)),
    });
    expect(compareMetrics(sampleSide([], series(9)), sampleSide([], series(7)))).toMatchObject([
      { left: { value: 8 }, right: { value: 6 }, change: -2, of: { left: 9, right: 7 } },
    ]);
  });

  it("are of one model by its variable, however its fit is called in its session", () => {
    const two = (session: string, [first, second]: readonly [number, number]) =>
      sampleSide([], {
        models: ["one", "two"].map((variable) => sampleModel({ variable, model: `${session}.${variable}` })),
        metrics: [
          sampleMetric("f1_score", second, { model: `${session}.two` }),
          sampleMetric("f1_score", first, { model: `${session}.one` }),
        ],
      });
    const left = two("a", [0.25, 0.5]);
    const right = sampleSide([], {
      ...two("b", [0.5, 1]).run,
      metrics: two("b", [0.5, 1]).run.metrics.toReversed(),
    });
    expect(compareMetrics(left, right).map(({ change }) => change)).toEqual([0.25, 0.5]);
  });
});

it("puts parameters and metrics of many runs into one table", () => {
  const side = (alpha: number, value: number) =>
    sampleSide([], {
      parameters: { year: 2013 },
      models: [sampleModel({ parameters: { alpha } })],
      metrics: [sampleMetric("f1_score", value), sampleMetric("f1_score", 0, { split: "train" })],
    });
  const rows = valueTable([side(1, 0.5), side(2, 0.6), sampleSide([])]);
  expect(rows.map(({ kind, name, values, isEqual }) => [kind, name, values, isEqual])).toEqual([
    ["parameter", "year", [{ value: 2013 }, { value: 2013 }, null], false],
    ["model", "class", [{ value: sampleModel().className }, { value: sampleModel().className }, null], false],
    ["model", "alpha", [{ value: 1 }, { value: 2 }, null], false],
    ["metric", "f1_score", [{ value: 0.5 }, { value: 0.6 }, null], false],
  ]);
});
