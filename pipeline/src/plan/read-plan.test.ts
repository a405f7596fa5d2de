import { describe, expect, it } from "vitest";
import { riskPlan } from "../serve/fixture-release.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Plan } from "./plan.ts";
import { planDigest } from "./plan-digest.ts";
import { readPlan } from "./read-plan.ts";

const file = { path: "model.onnx", sha256: "0".repeat(64), size: 1 };
const plan: Plan = { ...riskPlan(1), files: [file] };

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

  it("reads the format before this one, in which every row was available a delay after its event", () => {
    const views = plan.views.map(({ availability: _, ...view }) => view);
    const first = { ...plan, format: "lookback-pipeline/1", views };
    expect(readPlan(JSON.stringify(first))).toEqual(plan);
  });

  it.each(["lookback-pipeline/3", "lookback-pipeline/", 2, null, undefined])(
    "refuses a format that it does not know (%s), and what it knows",
    (format) => {
      expect(() => readPlan(changed("/format", format))).toThrowError(
        expect.objectContaining({
          code: "plan/unknown-format",
          data: { pointer: "/format", known: ["lookback-pipeline/2", "lookback-pipeline/1"] },
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
