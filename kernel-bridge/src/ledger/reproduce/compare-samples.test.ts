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
