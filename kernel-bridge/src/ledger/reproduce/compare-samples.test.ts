import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPython } from "../../kernels/find-python.ts";
import { readSample } from "../samples/read-sample.ts";
import { compareSamples } from "./compare-samples.ts";

/** Samples as the observer writes them, by what changes in each. */
const script = `
import sys, numpy
sys.path.insert(0, sys.argv[1])
from observer.keeping import sample_of
def write(name, x=0.0, p=0.0, label="yes", columns=("a", "b")):
    import pandas
    frame = pandas.DataFrame({columns[0]: numpy.arange(4) / 2 + x, columns[1]: ["u", "v", "wé", ""]})
    proba = numpy.array([[0.25, 0.75], [0.5, 0.5], [1.0, 0.0], [0.1, 0.9]])
    proba[3, 1] += p
    sample = sample_of(frame, "predict_proba", proba)
    sample.answers["predict"] = numpy.array(["no", "yes", "no", label], dtype=object)
    open(f"{sys.argv[2]}/{name}.npz", "wb").write(sample.archive(lambda text: text))
write("as it was")
write("once more")
write("last digit", p=1e-14)
write("just inside", p=5e-10)
write("outside", p=5e-9)
write("another label", label="maybe")
write("other rows", x=1e-3)
write("not a number", p=float("nan"))
`;

describe("two samples of a model's answers", () => {
  let dir: string;
  const bytes = (name: string) => readFileSync(join(dir, `${name}.npz`));
  const compared = (name: string) => compareSamples(bytes("as it was"), bytes(name));

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "lookback-samples-"));
    const python = join(import.meta.dirname, "../../../python");
    execFileSync(await findPython(dir), ["-c", script, python, dir], { stdio: "pipe" });
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it("are read as they were written", () => {
    const { asked, columns, answers } = readSample(bytes("as it was"));
    expect(asked.map(({ values }) => values)).toEqual([
      [0, 0.5, 1, 1.5],
      ["u", "v", "wé", ""],
    ]);
    expect(columns).toEqual(["a", "b"]);
    expect(answers.get("predict_proba")).toEqual({
      shape: [4, 2],
      epsilon: 2 ** -52,
      values: [0.25, 0.75, 0.5, 0.5, 1, 0, 0.1, 0.9],
    });
    expect(answers.get("predict")?.values).toEqual(["no", "yes", "no", "yes"]);
  });

  it("are identical to the byte", () => {
    expect(compared("once more")).toMatchObject({ tier: "E0", rows: 4, differing: 0 });
  });

  it.each([
    ["last digit", "E1", 0],
    ["just inside", "E1", 0],
    ["outside", "differs", 1],
    ["not a number", "differs", 1],
    ["another label", "differs", 1],
    ["other rows", "differs", 4],
  ])("with %s: %s", (name, tier, differing) => {
    expect(compared(name)).toMatchObject({ tier, differing, rows: 4 });
  });

  it("differ where it was not asked again", () => {
    expect(compareSamples(bytes("as it was"), null)).toMatchObject({ tier: "differs", differing: 4 });
  });

  it.each([
    ["nothing", (whole: Buffer) => whole.subarray(0, 0)],
    ["a part", (whole: Buffer) => whole.subarray(0, whole.length - 5)],
    ["its end alone", (whole: Buffer) => whole.subarray(whole.length - 22)],
    ["noise", () => Buffer.alloc(100, 7)],
  ])("cannot be read where there is %s", (_, cut) => {
    expect(() => readSample(cut(bytes("as it was")))).toThrowError(
      expect.objectContaining({ code: "samples/not-readable" }),
    );
  });
});

/** A sample as NumPy says it, and others; undefined takes an array away. */
const base = {
  x0: "np.arange(6.0).reshape(3, 2)",
  rows: "np.arange(3)",
  columns: 'np.array(["a", "b"])',
  predict: "np.array([0, 1, 1])",
  predict_proba: "np.array([[.9, .1], [.2, .8], [.4, .6]])",
};

const samples = {
  same: {},
  rounded: { predict_proba: "np.array([[.9, .1], [.2, .8], [.4, .6 + 1.2e-16]])" },
  "within the tolerance": { predict_proba: "np.array([[.9, .1], [.2, .8], [.4, .6 * (1 + 9e-10)]])" },
  "beyond the tolerance": { predict_proba: "np.array([[.9, .1], [.2, .8], [.4, .6 * (1 + 3e-9)]])" },
  "another label": { predict: "np.array([0, 1, 0])" },
  "rows whose last digit is another": { x0: "np.arange(6.0).reshape(3, 2) * (1 + 2e-16)" },
  "other columns": { columns: 'np.array(["a", "c"])' },
  "fewer rows": { x0: "np.zeros((2, 2))", rows: "np.arange(2)", predict: "np.array([0, 1])" },
  "a method less": { predict_proba: undefined },
  "no answers": { predict: undefined, predict_proba: undefined },
  "nothing that was asked": { x0: undefined },
  "no number": { predict_proba: "np.array([[.9, .1], [.2, .8], [np.nan, .6]])" },
  texts: { predict: 'np.array(["no", "yes", "yes"])', predict_proba: undefined },
  "other texts": { predict: 'np.array(["no", "yes", "maybe"])', predict_proba: undefined },
  single: { predict: "np.array([1, 2, 3e9], dtype='f4')", predict_proba: undefined },
  "single rounded": { predict: "np.array([1, 2 + 2.4e-7, 3e9], dtype='f4')", predict_proba: undefined },
  "single apart": { predict: "np.array([1, 2.00001, 3e9], dtype='f4')", predict_proba: undefined },
  "small beside large": { predict: "np.array([1e12, 1e-3, 2.])", predict_proba: undefined },
  "small beside large, apart": { predict: "np.array([1e12, 2e-3, 2.])", predict_proba: undefined },
  "rest of a sum": { predict: "np.array([5., 1e-16, 2.])", predict_proba: undefined },
  "rest of a sum, apart": { predict: "np.array([5., -2e-16, 2.])", predict_proba: undefined },
  "whole numbers": { predict: "np.array([1, 2, 3])", predict_proba: undefined },
  "smaller whole numbers": { predict: "np.array([1, 2, 3], dtype='i4')", predict_proba: undefined },
  sparse: { x0: undefined, x0_data: "np.ones(2)", x0_indices: "np.array([3, 4])" },
  "sparse, of other rows": { x0: undefined, x0_data: "np.ones(2)", x0_indices: "np.array([3, 5])" },
  "too wide": { x0: undefined, x_sha256: 'np.array(["aa"])' },
  "too wide, of other rows": { x0: undefined, x_sha256: 'np.array(["ab"])' },
} as const satisfies Record<string, Readonly<Record<string, string | undefined>>>;

type Name = keyof typeof samples;

describe("what NumPy writes", () => {
  let dir: string;
  const bytes = (name: string) => readFileSync(join(dir, `${name}.npz`));

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "lookback-samples-"));
    const lines = Object.entries(samples).map(([name, over]) => {
      const arrays = Object.entries({ ...base, ...over }).flatMap(([key, text]) =>
        text === undefined ? [] : [`${key}=${text}`],
      );
      return `np.savez(${JSON.stringify(name)}, ${arrays.join(", ")})`;
    });
    const code = ["import numpy as np", ...lines, `np.savez("kinds", ${kinds})`];
    code.push('np.savez("objects", predict=np.array([object()], dtype=object))');
    code.push('np.savez("by columns", predict=np.asfortranarray(np.zeros((2, 2))))');
    code.push('np.savez_compressed("compressed", predict=np.zeros(2))');
    execFileSync(await findPython(dir), ["-c", code.join("\n")], { cwd: dir, stdio: "pipe" });
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it.each<[Name, Name, object]>([
    ["same", "same", { tier: "E0", rows: 3, differing: 0, flips: 0, worst: 0 }],
    ["same", "rounded", { tier: "E1", rows: 3, differing: 0, flips: 0 }],
    ["same", "within the tolerance", { tier: "E1", rows: 3, differing: 0 }],
    ["same", "beyond the tolerance", { tier: "differs", rows: 3, differing: 1, flips: 0 }],
    ["same", "another label", { tier: "differs", rows: 3, differing: 1, flips: 1 }],
    ["same", "rows whose last digit is another", { tier: "E1" }],
    ["same", "other columns", { tier: "differs", differing: 3, flips: 0 }],
    ["same", "fewer rows", { tier: "differs" }],
    ["same", "nothing that was asked", { tier: "differs" }],
    ["no answers", "no answers", { tier: "differs" }],
    ["no number", "no number", { tier: "E0" }],
    ["texts", "other texts", { tier: "differs", differing: 1, flips: 1 }],
    ["texts", "whole numbers", { tier: "differs", differing: 3, flips: 3 }],
    ["whole numbers", "smaller whole numbers", { tier: "E0" }],
    ["single", "single rounded", { tier: "E1" }],
    ["single", "single apart", { tier: "differs", differing: 1 }],
    ["small beside large", "small beside large, apart", { tier: "differs", differing: 1 }],
    ["rest of a sum", "rest of a sum, apart", { tier: "E1" }],
    ["sparse", "sparse", { tier: "E0" }],
    ["sparse", "sparse, of other rows", { tier: "differs", differing: 3 }],
    ["too wide", "too wide", { tier: "E0" }],
    ["too wide", "too wide, of other rows", { tier: "differs", differing: 3 }],
  ])("%s beside %s", (left, right, expected) => {
    expect(compareSamples(bytes(left), bytes(right))).toMatchObject(expected);
    expect(compareSamples(bytes(right), bytes(left))).toMatchObject(expected);
  });

  it("may answer to more methods, and not to fewer", () => {
    expect(compareSamples(bytes("a method less"), bytes("same")).tier).toBe("E0");
    expect(compareSamples(bytes("same"), bytes("a method less")).tier).toBe("differs");
  });

  it("is held to the tolerance that is given", () => {
    expect(compareSamples(bytes("same"), bytes("beyond the tolerance"), 1e-8).tier).toBe("E1");
    expect(compareSamples(bytes("same"), bytes("within the tolerance"), 1e-10).tier).toBe("differs");
  });

  it("is read, whatever it is", () => {
    const { answers } = readSample(bytes("kinds"));
    expect(Object.fromEntries([...answers].map(([name, { values }]) => [name, values]))).toEqual({
      a: [true, false],
      b: [-1],
      c: [2n ** 63n],
      d: [1.5, Number.NaN, Number.NEGATIVE_INFINITY],
      e: [1, 2],
      f: ["é", "🙂 b", ""],
      h: [18_262],
      j: [-5],
    });
    expect(answers.get("e")?.shape).toEqual([1, 2]);
  });

  it("is not compared with what it cannot be", () => {
    for (const name of ["objects", "by columns", "compressed"])
      expect(() => compareSamples(bytes(name), bytes(name))).toThrowError(
        expect.objectContaining({ code: "samples/not-readable" }),
      );
  });
});

const kinds =
  'a=np.array([True, False]), b=np.array([-1], "i1"), c=np.array([2**63], "u8"), d=np.array([1.5, np.nan, -np.inf], "f2"), e=np.array([1 + 2j]), f=np.array(["é", "🙂 b", ""]), h=np.array(["2020-01-01"], "M8[D]"), j=np.array([-5], "i8")';
