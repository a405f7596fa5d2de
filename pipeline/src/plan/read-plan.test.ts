import { describe, expect, it } from "vitest";
import { riskPlan } from "../serve/fixture-release.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Plan } from "./plan.ts";
import { planDigest } from "./plan-digest.ts";
import { readPlan } from "./read-plan.ts";

const file = { path: "model.onnx", sha256: "0".repeat(64), size: 1 };
const plan: Plan = { ...riskPlan(1), files: [file] };

const python = {
  ...{ kind: "python", python: "3.11", packages: { "scikit-learn": "1.7.2" } },
  ...{ takes: "frame", method: "predict_proba", because: "its trees tie" },
};

/** The plan with one member replaced, or removed when the value is undefined. */
function changed(pointer: string, value: unknown): string {
  const copy = JSON.parse(JSON.stringify(plan)) as Record<string, unknown>;
  const path = pointer.split("/").slice(1);
  let at = copy;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  if (value === undefined) delete at[path.at(-1)!];
  else at[path.at(-1)!] = value;
  return JSON.stringify(copy);
}

describe("reading a plan", () => {
  it("answers what was written", () => {
    expect(readPlan(JSON.stringify(plan))).toEqual(plan);
  });

  it.each([
    ["/format", "lookback-pipeline/1", "/views/0/availability"],
    ["/format", "lookback-pipeline/2", "/model/output"],
    ["/data", [{ path: "a.csv" }], "/data/0"],
    ["/model/runtime/kind", "torch", "/model/runtime/kind"],
    ["/model/runtime", { ...python, python: "2.7" }, "/model/runtime/python"],
    ["/model/runtime", { ...python, method: "predict" }, "/model/runtime/method"],
    ["/model/runtime", { ...python, takes: "texts" }, "/model/runtime/takes"],
    ["/model/output/names", ["a", "b"], "/model/output/names"],
    ["/views/0/availability", "someday", "/views/0/availability"],
    ["/createdAt", "2024-02-30T00:00:00Z", "/createdAt"],
    ["/example/at", "2024-02-30T00:00:00Z", "/example/at"],
    ["/version", 1.5, "/version"],
    ["/version", undefined, ""],
    ["/name", "../escape", "/name"],
    ["/createdAt", "yesterday", "/createdAt"],
    ["/extra", 1, "/extra"],
    ["/views/0/delayUs", -1, "/views/0/delayUs"],
    ["/views/0/upper", "both", "/views/0/upper"],
    ["/views/1/source", "nowhere", "/views/1/source"],
    ["/views/1/features/0/function", "median", "/views/1/features/0/function"],
    ["/views/0/features/0/name", "origin", "/views/0/features"],
    ["/sources/0/path", "../outside.parquet", "/sources/0/path"],
    ["/sources/0/path", "/etc/passwd", "/sources/0/path"],
    ["/files/0/path", "a/../../b", "/files/0/path"],
    ["/files/0/path", "other.onnx", "/model/path"],
    ["/files/0/sha256", "xyz", "/files/0/sha256"],
    ["/model/inputs", [], "/model/inputs"],
    ["/model/inputs/1/feature", "missing", "/model/inputs/1"],
    ["/model/inputs/0/name", "temp", "/model/inputs"],
    ["/model/output/positiveClass", "Maybe", "/model/output/positiveClass"],
    ["/model/output/classes", null, "/model/output/classes"],
    ["/example/inputs/origin", ["JFK"], "/example/inputs/origin"],
  ])("refuses %s = %j and points at %s", (pointer, value, at) => {
    expect(() => readPlan(changed(pointer, value))).toThrowError(
      expect.objectContaining({ code: "plan/invalid", data: { pointer: at } }),
    );
  });

  it("reads the formats before this one, in which every model was a graph, and in the first of which every row was available a delay after its event", () => {
    const { data: _, ...rest } = plan;
    const { runtime, output, ...model } = plan.model;
    const { names: __, ...before } = output;
    const graph = { ...before, tensor: runtime.kind === "onnx" ? runtime.tensor : "" };
    const second = { ...rest, format: "lookback-pipeline/2", model: { ...model, output: graph } };
    expect(readPlan(JSON.stringify(second))).toEqual(plan);
    const views = plan.views.map(({ availability: _, ...view }) => view);
    expect(readPlan(JSON.stringify({ ...second, format: "lookback-pipeline/1", views }))).toEqual(plan);
  });

  it("reads a model that runs in Python, one that answers several values, and one of texts", () => {
    const { inputs, output } = plan.model;
    const values = { ...output, kind: "value", classes: null, positiveClass: null, names: ["low", "high"] };
    const several = changed("/model", {
      ...plan.model,
      runtime: { ...python, method: "predict" },
      output: values,
    });
    expect(readPlan(several).model.output.names).toEqual(["low", "high"]);
    const texts = { ...python, takes: "texts" };
    const [only] = inputs;
    const ofTexts = { ...plan.model, runtime: texts, inputs: [{ ...only, type: "string" }] };
    expect(readPlan(changed("/model", ofTexts)).model.runtime).toEqual(texts);
  });

  it.each(["lookback-pipeline/4", "lookback-pipeline/", 2, null, undefined])(
    "refuses a format that it does not know (%s), and what it knows",
    (format) => {
      expect(() => readPlan(changed("/format", format))).toThrowError(
        expect.objectContaining({
          code: "plan/unknown-format",
          data: {
            pointer: "/format",
            known: ["lookback-pipeline/3", "lookback-pipeline/2", "lookback-pipeline/1"],
          },
        }),
      );
    },
  );

  it("refuses what is not JSON", () => {
    expect(() => readPlan('{"format":')).toThrowError(expect.objectContaining({ code: "plan/invalid" }));
  });
});

describe("a plan's digest", () => {
  it("does not depend on key order or white space, and changes with every value", () => {
    const shuffled = Object.fromEntries(Object.entries(plan).reverse()) as unknown as Plan;
    expect(planDigest(shuffled)).toBe(planDigest(plan));
    expect(planDigest({ ...plan, version: 2 })).not.toBe(planDigest(plan));
  });

  it("is of JSON with sorted keys", () => {
    expect(canonicalJson({ b: [1, { d: null, c: "é" }], a: undefined, aa: 0.1 })).toBe(
      '{"aa":0.1,"b":[1,{"c":"é","d":null}]}',
    );
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError);
  });
});
