import { describe, expect, it } from "vitest";
import {
  type SampleCell,
  sampleData,
  sampleMetric,
  sampleModel,
  sampleSide,
} from "../compare/fixtures/sample-side.ts";
import type { Metric, Run } from "../format/run.ts";
import type { Again } from "./again.ts";
import { normalTail, studentTail } from "./chance.ts";
import { judged } from "./fixtures/judged.ts";
import { judgeScore } from "./judge-score.ts";

const stream = (text: string) => ({ output_type: "stream", name: "stdout", text });
const printing = (text: string): SampleCell => ({ source: "print(x)", outputs: [stream(text)] });
const picture = (png: string): SampleCell => ({
  source: "plot()",
  outputs: [
    { output_type: "display_data", data: { "image/png": png, "text/plain": "<Figure>" }, metadata: {} },
  ],
});
const written = (content: string, over: object = {}) =>
  sampleData("out.csv", content, { access: "write", ...over });
describe("what is the same, and what is not", () => {
  it.each<[string, SampleCell, SampleCell, string]>([
    ["the same text", printing("a 1"), printing("a 1"), "Identical: 1 of 1 cell."],
    [
      "an address",
      printing("<f at 0x7f00aa11bb>"),
      printing("<f at 0x7f99cc22dd>"),
      "Identical: 1 of 1 cell.",
    ],
    ["a wall time", printing("Wall time: 1.2 s"), printing("Wall time: 9 ms"), "Identical: 1 of 1 cell."],
    ["where it ran", printing("/home/me/work/a"), printing("/tmp/again/a"), "Identical: 1 of 1 cell."],
    [
      "where packages lie",
      printing("/a/lib/python3/site-packages/x.py:3: W"),
      printing("/b/c/site-packages/x.py:3: W"),
      "Identical: 1 of 1 cell.",
    ],
    [
      "a number",
      printing("x = 1"),
      printing("x = 22"),
      "First differs in cell 1: numbers or pictures in its output.",
    ],
    ["a word", printing("cat"), printing("dog"), "First differs in cell 1: its output."],
    [
      "a picture",
      picture("aaaa"),
      picture("bbbb"),
      "First differs in cell 1: numbers or pictures in its output.",
    ],
    [
      "nothing shown",
      printing("x"),
      { source: "print(x)" },
      "First differs in cell 1: it shows nothing, and showed something then.",
    ],
  ])("%s", (_, before, after, sentence) => {
    expect(judged(sampleSide([before]), sampleSide([after])).sentence).toBe(sentence);
  });

  it.each<[string, ReturnType<typeof written> | null, ReturnType<typeof written> | null, string]>([
    ["the same bytes", written("a"), written("a"), "Identical: 1 of 1 cell, 1 file."],
    [
      "the same rows otherwise",
      written("a", { rowsDigest: "r" }),
      written("b", { rowsDigest: "r" }),
      "Identical: 1 of 1 cell, 1 file.",
    ],
    [
      "other rows",
      written("a", { rowsDigest: "r" }),
      written("b", { rowsDigest: "s" }),
      "First differs in cell 1: out.csv holds something else.",
    ],
    ["none", written("a"), null, "First differs in cell 1: out.csv was not written."],
    ["one more", null, written("a"), "First differs in cell 1: out.csv was written, and was not then."],
    [
      "one not hashed",
      written("a", { sha256: null }),
      written("a"),
      "Not all could be compared: out.csv (it was not hashed). What could be: 1 of 1 cell, 0 of 1 file the same.",
    ],
    [
      "one that changed meanwhile",
      written("a", { unstable: true }),
      written("a"),
      "Not all could be compared: out.csv (it changed while it was recorded). What could be: 1 of 1 cell, 0 of 1 file the same.",
    ],
  ])("a written file: %s", (_, before, after, sentence) => {
    const side = (use: typeof before) => sampleSide(["x"], { datasets: use === null ? [] : [use] });
    expect(judged(side(before), side(after)).sentence).toBe(sentence);
  });

  it("names what was scored this time alone", () => {
    const table = {
      ...sampleMetric("x", 0),
      name: "report",
      kind: "table" as const,
      columns: [],
      values: [],
      of: 0,
    };
    const scored = sampleSide(["x"], { metrics: [sampleMetric("r2_score", 1)], tables: [table] });
    expect(judged(sampleSide(["x"]), scored).differences).toEqual([
      { cell: 1, what: "r2_score was computed, and was not then", isChance: false },
      { cell: 1, what: "report was computed, and was not then", isChance: false },
    ]);
  });

  it("takes no longer for a large picture than reading it takes", () => {
    const large = picture("ab/".repeat(300_000));
    const began = performance.now();
    expect(judged(sampleSide([large]), sampleSide([large])).verdict).toBe("identical");
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it("says of a model of which nothing was kept that it is not counted", () => {
    const side = sampleSide(["x"], { models: [sampleModel()] });
    expect(judged(side, side).remarks).toEqual([
      expect.stringContaining("1 fitted model only class, parameters"),
    ]);
  });

  it("names the first of several, and lets a score speak for what chance alone can have changed", () => {
    const side = (text: string, score: number) =>
      sampleSide([printing("same"), printing(`score ${text}`)], {
        metrics: [sampleMetric("accuracy_score", score, { cellId: "c1" })],
        models: [sampleModel({ kept: { sha256: text, size: 1, stored: true, why: null }, cellId: "c1" })],
      });
    expect(judged(side("0.9", 0.9), side("0.88", 0.88))).toMatchObject({
      verdict: "statistically the same",
      sentence:
        "Statistically the same: 1 score, 1 by test at 5 % (z-test of two proportions, two-sided, over 100 rows: p = 0.651). Not identical: cell 2: numbers or pictures in its output; cell 2: model was trained to another state.",
    });
    expect(judged(side("0.9", 0.9), side("0.5", 0.5)).sentence).toMatch(
      /^First differs in cell 2: .* \(and 2 other differences\)\.$/,
    );
  });
});

describe("what cannot be compared", () => {
  it.each<[string, Partial<Again>, string]>([
    [
      "an input that is missing",
      { missing: [{ path: "gone.csv", reason: "Its bytes were not stored." }] },
      "Not all could be compared: gone.csv (its bytes were not stored). What could be: 1 of 1 cell the same.",
    ],
    [
      "what stood in the way",
      { hindrances: [{ what: "cell 2", reason: "it holds a secret, which was not recorded" }] },
      "Not all could be compared: cell 2 (it holds a secret, which was not recorded). What could be: 1 of 1 cell the same.",
    ],
  ])("%s never counts as the same", (_, over, sentence) => {
    const { verdict, sentence: said } = judged(sampleSide(["x"]), sampleSide(["x"]), over);
    expect([verdict, said]).toEqual(["not all compared", sentence]);
  });

  it.each<[string, Partial<Run["datasets"][number]>, Partial<Run["datasets"][number]>, string]>([
    [
      "the same version was read",
      { version: "e1", sha256: null },
      { version: "e1", sha256: null },
      "identical",
    ],
    [
      "another version was read",
      { version: "e1", sha256: null },
      { version: "e2", sha256: null },
      "not all compared",
    ],
    ["nobody knows which was read", { sha256: null }, { sha256: null }, "not all compared"],
    ["it changed while it was read", { unstable: true }, {}, "not all compared"],
  ])("an input that was not restored, where %s", (_, before, after, verdict) => {
    const side = (over: object) => sampleSide(["x"], { datasets: [sampleData("https://h/a", "x", over)] });
    const missing = [{ path: "https://h/a", reason: "It came from an address." }];
    expect(judged(side(before), side(after), { missing }).verdict).toBe(verdict);
  });

  it("counts no cell that did not run, nor what it would have made", () => {
    const whole = sampleSide(["a", "b"], { datasets: [written("x", { cellId: "c1" })] });
    const half = sampleSide(["a", { source: "b", ran: false }]);
    const hindrances = [{ what: "cell 2", reason: "it was edited" }];
    expect(judged(whole, half, { asked: 1, hindrances })).toMatchObject({
      verdict: "not all compared",
      differences: [],
      counts: { cells: { same: 1, of: 2 }, files: { same: 0, of: 0 } },
    });
  });

  it("says where it ended otherwise, and nothing of what came after", () => {
    const whole = sampleSide(["a", "b", "c"], { metrics: [sampleMetric("r2_score", 1, { cellId: "c2" })] });
    const stopped = sampleSide(["a", "b", { source: "c", ran: false }]);
    const cells = stopped.run.cells.map((cell, at) =>
      at === 1 ? { ...cell, outcome: "error" as const } : cell,
    );
    const outcome = { kind: "error", name: "KeyError", message: "'x'\nmore", cellId: "c1" } as const;
    const { sentence, differences } = judged(whole, { ...stopped, run: { ...stopped.run, cells, outcome } });
    expect(sentence).toBe("First differs in cell 2: it raised KeyError: 'x', and ended well then.");
    expect(differences).toHaveLength(1);
  });
});

describe("a score beside the one of the second time", () => {
  const folds = (value: number, spread: number) => sampleMetric("r2_score", value, { folds: 5, spread });
  it.each<[string, Metric, Metric, string, RegExp | null]>([
    ["equal", sampleMetric("r2_score", 0.5), sampleMetric("r2_score", 0.5), "identical", null],
    [
      "both not a number",
      sampleMetric("r2_score", Number.NaN),
      sampleMetric("r2_score", Number.NaN),
      "identical",
      null,
    ],
    [
      "a last bit apart",
      sampleMetric("r2_score", 0.5),
      sampleMetric("r2_score", 0.5 + 1e-12),
      "within tolerance",
      /1e-9/,
    ],
    [
      "without a test",
      sampleMetric("r2_score", 0.5),
      sampleMetric("r2_score", 0.51),
      "different",
      /no test is known/,
    ],
    [
      "over other rows",
      sampleMetric("accuracy_score", 0.5),
      sampleMetric("accuracy_score", 0.5, { rows: 9 }),
      "different",
      /over 100 rows/,
    ],
    [
      "shares that chance explains",
      sampleMetric("accuracy_score", 0.9),
      sampleMetric("accuracy_score", 0.86),
      "statistically the same",
      /over 100 rows: p = 0\.3/,
    ],
    [
      "shares that it does not",
      sampleMetric("accuracy_score", 0.9),
      sampleMetric("accuracy_score", 0.6),
      "different",
      /p < 0\.001/,
    ],
    [
      "shares of an unknown number",
      sampleMetric("accuracy_score", 0.9, { rows: null }),
      sampleMetric("accuracy_score", 0.91, { rows: null }),
      "different",
      /no test/,
    ],
    [
      "areas that chance explains",
      sampleMetric("roc_auc_score", 0.8),
      sampleMetric("roc_auc_score", 0.78),
      "statistically the same",
      /Hanley.*p = 0\.7/,
    ],
    [
      "areas that it does not",
      sampleMetric("roc_auc_score", 0.9),
      sampleMetric("roc_auc_score", 0.6),
      "different",
      /p < 0\.001/,
    ],
    [
      "folds that chance explains",
      folds(0.8, 0.05),
      folds(0.79, 0.04),
      "statistically the same",
      /Welch.*p = 0\.763$/,
    ],
    ["folds that it does not", folds(0.8, 0.01), folds(0.7, 0.01), "different", /Welch.*p < 0\.001/],
    ["folds without a spread", folds(0.8, 0), folds(0.7, 0), "different", /no test/],
  ])("%s", (_, before, after, outcome, test) => {
    const found = judgeScore(before, after, 1e-9);
    expect(found.outcome).toBe(outcome);
    if (test === null) expect(found.test).toBeNull();
    else expect(found.test).toMatch(test);
  });

  it.each([
    [normalTail(1.959964), 0.05],
    [normalTail(0), 1],
    [normalTail(-3), 0.0026998],
    [studentTail(2.228139, 10), 0.05],
    [studentTail(0, 4), 1],
    [studentTail(12.7062, 1), 0.05],
    [studentTail(-1.96, 1e6), 0.049998],
  ])("knows its distributions: %d is %d", (found, wanted) => {
    expect(found).toBeCloseTo(wanted, 5);
  });
});
