import { describe, expect, it } from "vitest";
import type { Run } from "../../format/run.ts";
import { compareRuns } from "../compare-runs.ts";
import type { Verdict } from "../comparison.ts";
import {
  type SampleCell,
  sampleData,
  sampleEnvironment,
  sampleMetric,
  sampleModel,
  sampleSide,
} from "../fixtures/sample-side.ts";
import type { Side } from "../side.ts";

const nine = Array.from({ length: 9 }, (_, at) => `step_${at}()\nvalue_${at} = ${at}`);
const eightOfNine = nine.map((source, at) => (at === 4 ? `${source}\nmore = True` : source));
const leaky: Run["trust"] = {
  errors: 1,
  warnings: 0,
  findings: [
    {
      rule: "scaler-before-split",
      severity: "error",
      message: "m",
      cellId: "c0",
      line: 1,
      reaches: ["c0"],
      mayReach: [],
    },
  ],
};

function verdict(left: Side, right: Side): Verdict {
  return compareRuns([left, right]).verdict;
}

function sentence({ parts }: Verdict): string {
  return parts.map(({ text }) => text).join("");
}

const say = (
  left: Partial<Run>,
  right: Partial<Run>,
  before: readonly (SampleCell | string)[] = nine,
  after = before,
) => sentence(verdict(sampleSide(before, left), sampleSide(after, right)));

const auc = (value: number, over: object = {}) => ({ metrics: [sampleMetric("roc_auc_score", value, over)] });

describe("the sentence says what is the same, what changed, and what became of the score", () => {
  it("of code and data that changed", () => {
    const left = { datasets: [sampleData("data/weather.parquet", "a")], ...auc(0.7054) };
    const right = { datasets: [sampleData("data/weather.parquet", "b")], ...auc(0.723) };
    expect(say(left, right, nine, eightOfNine)).toBe(
      "Same code in 8 of 9 cells, weather changed, AUC +0.0176",
    );
  });

  it("of runs in which nothing changed", () => {
    const run = { datasets: [sampleData("w.csv", "a")], ...auc(0.7) };
    expect(say(run, run)).toBe("Same code, data and environment, AUC unchanged");
    const outputs = [{ output_type: "stream", name: "stdout", text: "1\n" }];
    expect(say(run, run, [{ source: "print(1)", outputs }])).toBe(
      "Same code, data and environment, same outputs, AUC unchanged",
    );
  });

  it("of outputs alone", () => {
    const cell = (text: string) => [
      { source: "print(x)", outputs: [{ output_type: "stream", name: "stdout", text }] },
    ];
    expect(say({}, {}, cell("1\n"), cell("2\n"))).toBe("Same code and environment, outputs of 1 cell differ");
  });

  it("of what was written alone", () => {
    const wrote = (content: string) => ({ datasets: [sampleData("out.csv", content, { access: "write" })] });
    expect(say(wrote("a"), wrote("b"))).toBe("Same code and environment, 1 written file differs");
  });

  it("of the environment alone", () => {
    const numpy = (version: string) => ({
      datasets: [sampleData("w.csv", "a")],
      environment: sampleEnvironment({ numpy: version }),
    });
    expect(say(numpy("1.26.4"), numpy("2.0.0"))).toBe("Same code and data, numpy 1.26.4 → 2.0.0");
    const more = {
      environment: sampleEnvironment({ numpy: "1", scipy: "1" }, "3.13.0"),
    };
    expect(say({}, more)).toBe("Same code, Python 3.12.1 → 3.13.0, 2 packages changed");
  });

  it("of different notebooks", () => {
    expect(say({}, { notebook: "other.ipynb" }, nine, eightOfNine)).toBe(
      "Same code in 8 of 9 cells, different notebooks",
    );
    expect(say({}, { notebook: "other.ipynb" })).toBe("Same code, different notebooks");
    const other = ["import this\nthis.that()", "nothing = of(the, sort)"];
    expect(say({}, { notebook: "other.ipynb" }, nine, other)).toBe(
      "Other code in all 9 cells, different notebooks",
    );
  });

  it("of one parameter that changed, or several", () => {
    const fitted = (parameters: Record<string, number>) => ({ models: [sampleModel({ parameters })] });
    expect(say(fitted({ alpha: 1, tol: 2 }), fitted({ alpha: 3, tol: 2 }))).toBe("Same code, alpha 1 → 3");
    expect(say(fitted({ alpha: 1, tol: 2 }), fitted({ alpha: 3, tol: 4 }))).toBe(
      "Same code, 2 parameters changed",
    );
    expect(say({ parameters: { rate: 0.1 } }, { parameters: { rate: 0.2 } })).toBe(
      "Same code, rate 0.1 → 0.2",
    );
  });

  it("of a run that failed, and of files that came and went", () => {
    const failed = { outcome: { kind: "error", name: "ValueError", message: "m", cellId: "c0" } } as const;
    expect(say({}, failed)).toBe("Same code, the right run failed: ValueError");
    expect(say({ datasets: [sampleData("a.csv", "a")] }, { datasets: [sampleData("b.csv", "b")] })).toBe(
      "Same code, b added, a no longer read",
    );
  });

  it("of a run that went on in its kernel, which need not read again what it rests on", () => {
    const read = { datasets: [sampleData("a.csv", "a")] };
    const { session } = sampleSide([]).run;
    const wentOn = (cellsBefore: number | null) =>
      verdict(sampleSide(nine, read), sampleSide(nine, { session: { ...session, cellsBefore } }));
    expect(sentence(wentOn(7))).toBe("Same code, a not read again");
    expect(wentOn(7).doubts).toContain(
      "The right run went on in a kernel in which 7 cells had run: it may rest on what was read there.",
    );
    const many = [sampleSide(nine, read), sampleSide(nine, { session: { ...session, cellsBefore: 7 } })];
    expect(compareRuns([...many, sampleSide(nine, read)]).verdict.doubts.join()).toMatch(
      /One of the runs went on/,
    );
    expect(wentOn(null).doubts.join()).toMatch(/in which cells may have run/);
    expect(sentence(wentOn(0))).toBe("Same code, a no longer read");
    expect(wentOn(0).doubts).toEqual([]);
  });

  it("of the same cells that ran otherwise", () => {
    const left = nine.map((source): SampleCell => ({ source }));
    const right = left.map((cell, at): SampleCell => (at > 0 ? { ...cell, ran: false } : cell));
    expect(say({}, {}, left, right)).toBe("Same code, 9 of its cells ran, then 1");
  });

  it("of the same bytes under another path", () => {
    expect(say({ datasets: [sampleData("a.csv", "a")] }, { datasets: [sampleData("b.csv", "a")] })).toBe(
      "Same code, data and environment",
    );
  });

  it("of data that is no file", () => {
    const read = (content: string) => ({
      datasets: [
        sampleData("made:sklearn.datasets.load_iris", content, { kind: "made" }),
        sampleData("query:", content, { kind: "query", query: "SELECT a / b FROM t" }),
      ],
    });
    expect(say(read("1"), read("2"))).toBe("Same code, sklearn.datasets.load_iris and a query changed");
    const asked = (query: string, content: string) => ({
      datasets: [sampleData("db/w.sqlite", content, { query })],
    });
    expect(say(asked("SELECT 1", "1"), asked("SELECT 1", "2"))).toBe("Same code, a query of w changed");
    expect(say(asked("SELECT 1", "1"), asked("SELECT 2", "2"))).toBe(
      "Same code, a query of w added, a query of w no longer read",
    );
  });

  it("of the same rows in another form", () => {
    const read = (content: string) => ({ datasets: [sampleData("w.csv", content, { rowsDigest: "d" })] });
    expect(say(read("1"), read("2"))).toBe("Same code, w rewritten with the same rows");
  });

  it("of names that would be alike", () => {
    const read = (content: string) => ({
      datasets: [
        sampleData("a/w.csv", content),
        sampleData("b/w.csv", content),
        sampleData("w.csv.gz", content),
      ],
    });
    expect(say(read("1"), read("2"))).toBe("Same code, a/w.csv, b/w.csv and 1 more changed");
  });
});

describe("the score", () => {
  it("is better or worse by its direction, and neither where its name does not say", () => {
    const tones = (name: string, change: number) =>
      verdict(
        sampleSide(nine, { metrics: [sampleMetric(name, 1)] }),
        sampleSide(nine, { metrics: [sampleMetric(name, 1 + change)] }),
      ).parts.at(-1);
    expect(tones("roc_auc_score", 0.5)).toEqual({ text: "+0.5000", tone: "better" });
    expect(tones("mean_squared_error", 0.5)).toEqual({ text: "+0.5000", tone: "worse" });
    expect(tones("log_loss", -0.5)).toEqual({ text: "−0.5000", tone: "better" });
    expect(tones("late_share", -0.5)).toEqual({ text: "−0.5000", tone: "plain" });
  });

  it("is the right run's headline, and does not hide others that went the other way", () => {
    const left = { metrics: [sampleMetric("roc_auc_score", 0.7), sampleMetric("log_loss", 0.5)] };
    const right = { metrics: [sampleMetric("roc_auc_score", 0.8), sampleMetric("log_loss", 0.6)] };
    expect(say(left, right)).toBe("Same code and environment, AUC +0.1000, but log loss +0.1000");
    const many = (by: number) => ({
      metrics: ["roc_auc_score", "f1_score", "accuracy_score"].map((name, at) =>
        sampleMetric(name, 0.5 + (at === 0 ? by : -by)),
      ),
    });
    expect(say(many(0), many(0.1))).toBe("Same code and environment, AUC +0.1000, but 2 other scores worse");
  });

  it("is missing on one side, or has no counterpart", () => {
    expect(say({}, auc(0.7))).toBe("Same code and environment, no score in the left run");
    expect(say(auc(0.7), {})).toBe("Same code and environment, no score in the right run");
    expect(say(auc(0.7), { metrics: [sampleMetric("f1_score", 0.7)] })).toBe(
      "Same code and environment, no score in common",
    );
  });

  it("is not compared over other rows, another split, or of a run with leaks, and says so", () => {
    const asked = (left: Partial<Run>, right: Partial<Run>) => {
      const said = verdict(sampleSide(nine, left), sampleSide(nine, right));
      return [sentence(said), ...said.doubts];
    };
    const not = "Same code and environment, AUC not comparable";
    expect(asked(auc(0.7), auc(0.8, { rows: 90 }))).toEqual([
      not,
      "AUC 0.7000 and 0.8000 are not compared: over 100 rows and over 90 rows.",
    ]);
    expect(asked(auc(0.7, { split: "held out" }), auc(0.8, { split: "train" }))).toEqual([
      not,
      "AUC 0.7000 and 0.8000 are not compared: on held-out rows and on training rows.",
    ]);
    expect(asked(auc(0.7, { split: "held out" }), auc(0.8))).toEqual([
      "Same code and environment, AUC +0.1000",
      "Whether AUC is of rows that were trained on is known of one run only.",
    ]);
    expect(asked(auc(0.7), { ...auc(0.8), trust: leaky })).toEqual([
      not,
      "AUC 0.7000 and 0.8000 are not compared: 1 leak in the right run.",
    ]);
  });

  it("of one split is compared with the same split, whatever else was scored", () => {
    const both = (value: number) => ({
      metrics: [
        sampleMetric("roc_auc_score", 0.99, { split: "train" }),
        sampleMetric("roc_auc_score", value, { split: "held out" }),
      ],
    });
    const { pair } = compareRuns([sampleSide(nine, both(0.7)), sampleSide(nine, both(0.8))]);
    expect(pair?.metrics.map(({ change }) => change?.toFixed(3))).toEqual(["0.000", "0.100"]);
  });
});

describe("what was not recorded is never called the same", () => {
  const doubtsOf = (left: Partial<Run>, right: Partial<Run>) => {
    const said = verdict(sampleSide(nine, left), sampleSide(nine, right));
    return [sentence(said), ...said.doubts];
  };

  it("data without a hash", () => {
    const read = { datasets: [sampleData("w.csv", "a", { sha256: null })] };
    expect(doubtsOf(read, read)).toEqual([
      "Same code and environment, w not known",
      "Whether w.csv is the same is not known: it was not hashed in the left run.",
    ]);
  });

  it("data that changed while it was read, whichever hash it has now", () => {
    const unstable = (content: string) => ({ datasets: [sampleData("w.csv", content, { unstable: true })] });
    for (const other of ["a", "b"])
      expect(doubtsOf({ datasets: [sampleData("w.csv", "a")] }, unstable(other))).toEqual([
        "Same code and environment, w not known",
        "Whether w.csv is the same is not known: it changed while the right run read it.",
      ]);
  });

  it("packages that were not listed", () => {
    const none = { environment: sampleEnvironment({}) };
    expect(doubtsOf({}, none)).toEqual([
      "Same code",
      "Whether the packages are the same is not known: they were not recorded.",
    ]);
  });

  it("the machine, of which only the packages were listed", () => {
    const bare = { environment: { ...sampleEnvironment({ numpy: "2.0.0" }), processor: null } };
    expect(doubtsOf(bare, bare)).toEqual(["Same code, Python and packages"]);
  });

  it("what ran in a cell that was edited since", () => {
    const cells = (over: Partial<SampleCell>) => [{ source: "a = 1", ...over }, "b = 2"];
    const said = verdict(sampleSide(cells({ ran: "a = 0" })), sampleSide(cells({ ran: false })));
    expect(sentence(said)).toBe("Same code in 1 of 2 cells, 1 not known");
    expect(said.doubts).toHaveLength(1);
    const same = verdict(sampleSide(cells({ ran: "a = 0" })), sampleSide(cells({ ran: "a = 0" })));
    expect(sentence(same)).toBe("Same code and environment");
  });

  it("a notebook that cannot be read", () => {
    const left = { ...sampleSide(nine), cells: null };
    const said = verdict(left, sampleSide(nine));
    expect(sentence(said)).toBe("Same environment, code not known");
    expect(said.doubts).toEqual([
      "The notebook of the left run cannot be read, so nothing is said of its cells.",
    ]);
  });

  it("runs that were not checked for leaks, and rows that one side alone recorded", () => {
    expect(doubtsOf({ ...auc(0.7), trust: null }, auc(0.7, { rows: null }))).toEqual([
      "Same code and environment, AUC unchanged",
      "Over how many rows AUC was computed is known of one run only.",
      "The left run was not checked for leaks.",
    ]);
  });
});

describe("of more than two runs", () => {
  const three = (values: readonly number[], over: Partial<Run> = {}) =>
    values.map((value, at) =>
      sampleSide(nine, {
        id: `01JZZZZZZZZZZZZZZZZZZRUN0${at}`,
        models: [sampleModel({ parameters: { alpha: at } })],
        metrics: [sampleMetric("log_loss", value)],
        ...(at === 2 ? over : {}),
      }),
    );

  it("the best is named by the metric's direction", () => {
    expect(sentence(compareRuns(three([0.5, 0.4, 0.6])).verdict)).toBe(
      "3 runs, 1 parameter differs, best log loss 0.4000 in run ZRUN01",
    );
  });

  it("a kept honest score, which nobody ran, is compared with none and never the best", () => {
    const origin = { kind: "honest", run: null, asWritten: { name: "auc", value: 1 }, fixes: [] } as const;
    const kept = compareRuns(three([0.5, 0.4, 0.1], { origin })).verdict;
    expect(sentence(kept)).toContain("best log loss 0.4000 in run ZRUN01");
    expect(kept.doubts).toEqual([
      "log loss of run ZRUN02 is not ranked: this run is a kept honest score, which nobody ran.",
    ]);
  });

  it("a leaky run, or one over other rows, is never the best", () => {
    const leaked = compareRuns(three([0.5, 0.4, 0.1], { trust: leaky })).verdict;
    expect(sentence(leaked)).toContain("best log loss 0.4000 in run ZRUN01");
    expect(leaked.doubts).toEqual(["log loss of run ZRUN02 is not ranked: 1 leak in this run."]);
    const other = three([0.5, 0.4, 0.1], { metrics: [sampleMetric("log_loss", 0.1, { rows: 7 })] });
    expect(compareRuns(other).verdict.doubts).toEqual([
      "log loss of run ZRUN02 is not ranked: over 7 rows and over 100 rows in the first.",
    ]);
  });

  it("what the scores stand on is said where it is not the same", () => {
    const read = (content: string | null) => ({
      datasets: [sampleData("w.csv", content ?? "", content === null ? { sha256: null } : {})],
    });
    const said = compareRuns([
      sampleSide(nine, read("a")),
      sampleSide(eightOfNine, read("b")),
      sampleSide(nine, read("a")),
    ]).verdict;
    expect(sentence(said)).toBe("3 runs, code and data differ, no parameter differs, no score in common");
    const unknown = compareRuns(
      [read("a"), read(null), read(null)].map((run) => sampleSide(nine, run)),
    ).verdict;
    expect(sentence(unknown)).toBe("3 runs, no parameter differs, no score in common");
    expect(unknown.doubts).toEqual([
      "Whether w.csv is the same is not known: it was not hashed in one of the runs.",
    ]);
  });

  it("runs without scores have no best", () => {
    expect(sentence(compareRuns([1, 2, 3].map(() => sampleSide(nine))).verdict)).toBe(
      "3 runs, no parameter differs, no score in common",
    );
  });
});
