import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython } from "@lookback/kernel-bridge/kernels/find-python.ts";
import { listRuns } from "@lookback/kernel-bridge/ledger/read/list-runs.ts";
import { readRunNotebook } from "@lookback/kernel-bridge/ledger/read/read-run-notebook.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { describe, expect, it, vi } from "vitest";
import { notebook } from "../cli/fixture-notebook.ts";
import { type HonestOptions, honestScore } from "./honest-score.ts";
import { keepScore, originOf } from "./keep-score.ts";

/** Rows whose label chance alone drew, so that what a model scores on them is worth nothing; and a series whose label turns slowly. */
const noise = `
import numpy as np, pandas as pd
random = np.random.default_rng(0)
rows = pd.DataFrame(random.normal(size=(120, 300))).add_prefix("f").round(6)
rows["y"] = random.integers(0, 2, 120)
rows.to_csv("noise.csv", index=False)
days = np.arange(300)
series = pd.DataFrame({"date": pd.date_range("2020-01-01", periods=300), "day": days, "level": random.normal(size=300).cumsum()})
series["y"] = ((np.sin(days / 12) + random.normal(size=300) / 3) > 0).astype(int)
series.to_csv("series.csv", index=False)
`;

const imports = `import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, mean_squared_error
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
`;
const read = `df = pd.read_csv("noise.csv")\nX, y = df.drop(columns="y"), df["y"]`;
const choose = "X = SelectKBest(f_classif, k=9).fit_transform(X, y)";
const split = "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)";
const fit = "model = LogisticRegression(max_iter=1000).fit(X_train, y_train)";
const score = "accuracy_score(y_test, model.predict(X_test))";
const series = `df = pd.read_csv("series.csv", parse_dates=["date"]).sort_values("date")
df["lag"] = df["level"].shift(1).fillna(0)
X, y = df[["day", "lag", "level"]], df["y"]`;
const scale = "scaler = StandardScaler()\nX = scaler.fit_transform(X)";
const forest = "model = RandomForestClassifier(20, random_state=0).fit(X_train, y_train)";

/** A workspace with the data, and a notebook of these cells in a folder of it. */
async function workspaceWith(...cells: readonly string[]) {
  const root = mkdtempSync(join(tmpdir(), "lookback-honest-test-"));
  mkdirSync(join(root, ".lookback"));
  const folder = join(root, "work");
  mkdirSync(folder);
  execFileSync(await findPython(folder), ["-c", noise], { cwd: folder });
  const text = notebook(...cells);
  writeFileSync(join(folder, "n.ipynb"), text);
  const told: string[] = [];
  const options: HonestOptions = {
    path: join(folder, "n.ipynb"),
    root,
    name: "work/n.ipynb",
    compiler: [],
    env: process.env,
    signal: new AbortController().signal,
    timeoutMs: 120_000,
    mostCopied: 2 ** 24,
    onProgress: (step) => void told.push(step),
  };
  return { folder, text, options, told };
}

/** What the same cells come to in Python, without any of ours. */
async function scoreOf(folder: string, ...cells: readonly string[]): Promise<number> {
  const code = [imports, ...cells, `print(float(${score}))`].join("\n");
  return Number(execFileSync(await findPython(folder), ["-W", "ignore", "-c", code], { cwd: folder }));
}

describe("two leaks that are fixed apart", () => {
  it("have the shares that code without them has, in every order", async () => {
    const { folder, text, options, told } = await workspaceWith(
      imports + series,
      scale,
      split,
      "print('no score rests on this')",
      `${forest}\ndf.to_csv("written.csv")`,
      score,
    );
    const before = readdirSync(folder);
    const { report } = await honestScore(options);
    const ordered = split.replace("random_state=0", "shuffle=False");
    const late = "X_train, X_test = scaler.fit_transform(X_train), scaler.transform(X_test)";
    const apart = scale.split("\n")[0]!;
    const [written, unscaled, inTime, honest] = [
      await scoreOf(folder, series, scale, split, forest),
      await scoreOf(folder, series, apart, split, late, forest),
      await scoreOf(folder, series, scale, ordered, forest),
      await scoreOf(folder, series, apart, ordered, late, forest),
    ];
    expect(report.score).toEqual({
      name: "accuracy_score",
      cellId: "c5",
      cell: 6,
      rows: 75,
      split: "held out",
      asWritten: written,
      honest,
    });
    expect(report.parts.map(({ findings }) => findings.map(({ rule, cell }) => `${rule} ${cell}`))).toEqual([
      ["scaler-before-split 2"],
      ["random-split-on-time 3"],
    ]);
    expect(report.parts[0]?.share).toBeCloseTo((written - unscaled + inTime - honest) / 2, 12);
    expect(report.parts[1]?.share).toBeCloseTo((written - inTime + unscaled - honest) / 2, 12);
    expect(report.bill).toEqual({ fixed: honest, orders: { counted: 2, of: 2 } });
    expect(report).toMatchObject({ chance: { spread: 0, runs: 2 }, unfixed: [], gone: [], kernels: 5 });
    expect(report.copies.map(({ fixed, why }) => [fixed, why])).toEqual([
      [[], null],
      [[0, 1], null],
      [[0], null],
      [[1], null],
    ]);
    // The cell that no score rests on ran once, as the notebook is, and not where anybody's files are.
    expect(told.filter((step) => step.includes("cell 4"))).toEqual(["As it is: cell 4 of 6"]);
    expect(readdirSync(folder)).toEqual(before);
    expect(readFileSync(join(folder, "n.ipynb"), "utf8")).toBe(text);
  }, 180_000);
});

describe("a leak", () => {
  it("with its whole share, next to one that no fix removes, which is said", async () => {
    const encode = `df["shop"] = df["f0"].round(1)\ndf["mean"] = df.groupby("shop")["y"].transform("mean")`;
    const { options } = await workspaceWith(
      imports + read,
      `${encode}\nX = df[["mean", "f1", "f2", "f3"]]`,
      "X = SelectKBest(f_classif, k=2).fit_transform(X, y)",
      split,
      fit,
      score,
    );
    const { report } = await honestScore(options);
    expect(report.unfixed.map(({ rule, cell, line }) => [rule, cell, line])).toEqual([
      ["target-encoding-before-split", 2, 2],
    ]);
    expect(report.parts).toHaveLength(1);
    const { asWritten, honest } = report.score!;
    expect(report.parts[0]?.share).toBe(asWritten - honest!);
  }, 120_000);

  it("that the score does not rest on is in no part and fixed on no copy, and told apart", async () => {
    const elsewhere = `chosen = SelectKBest(f_classif, k=9).fit_transform(X, y)
A, B, a, b = train_test_split(chosen, y, random_state=0)
LogisticRegression(max_iter=1000).fit(A, a).score(B, b)`;
    const leaky = await workspaceWith(imports + read, elsewhere, scale, split, fit, score);
    const { report } = await honestScore(leaky.options);
    expect(report.parts.map(({ findings }) => findings.map(({ rule, cell }) => `${rule} ${cell}`))).toEqual([
      ["scaler-before-split 3"],
    ]);
    expect(report.apart).toMatchObject([{ rule: "feature-selection-before-split", cell: 2, reaches: false }]);
    expect(report.changes.map(({ cell }) => cell)).not.toContain(2);
    expect([...report.unfixed, ...report.gone]).toEqual([]);

    const clean = await workspaceWith(imports + read, elsewhere, split, fit, score);
    const { report: whole, held } = await honestScore({ ...clean.options, isHeld: true });
    expect(whole.apart.map(({ cell }) => cell)).toEqual([2]);
    expect(whole).toMatchObject({ parts: [], unfixed: [], changes: [], bill: null, kernels: 2 });
    expect(whole.score?.honest).toBe(whole.score?.asWritten);
    expect(held).toBeNull();
  });

  it("whose copy raises has no share, and the reason is said", async () => {
    const { options } = await workspaceWith(
      imports + read,
      choose,
      split,
      `${fit}\nassert (model.predict(X_test) == y_test).mean() > 0.6, "too low"`,
      score,
    );
    const { report } = await honestScore(options);
    expect(report.score?.honest).toBeNull();
    expect(report.bill).toBeNull();
    expect(report.copies.map(({ fixed, score, why }) => [fixed, score === null, why])).toEqual([
      [[], false, null],
      [[0], true, "AssertionError: too low"],
    ]);
  }, 120_000);

  it("whose score chance moves is told with how far", async () => {
    const { options } = await workspaceWith(
      imports + read,
      choose,
      split,
      fit,
      "mean_squared_error(y_test, model.predict_proba(X_test)[:, 1] + np.random.default_rng().uniform(0, 0.1, 30))",
    );
    const { report } = await honestScore(options);
    const { spread } = report.chance!;
    expect(spread).toBeGreaterThan(0);
    expect(report.kernels).toBe(4);
    expect(report.parts[0]?.isWithinChance).toBe(Math.abs(report.parts[0]!.share!) <= spread);
  }, 120_000);
});

describe("an honest score that is held", () => {
  it("is kept as a run of its own kind, once, of what it read and not of what it wrote; the workspace stays as it is", async () => {
    const { folder, options, text } = await workspaceWith(
      imports + read,
      choose,
      split,
      `${fit}\ndf.head(3).to_csv("written.csv", index=False)\npd.read_csv("written.csv")`,
      score,
      "print('no score rests on this')",
    );
    const before = readdirSync(folder);
    const { report, held } = await honestScore({ ...options, isHeld: true });
    expect(existsSync(held!.store.root)).toBe(true);
    const ledger = await openStore(options.root);
    const origin = originOf(report, "01KAGZ0000000000000000RUN1")!;
    const keeping = { notebook: options.name, origin, linter: null };
    const { id } = await keepScore(ledger, held!, keeping);
    await expect(keepScore(ledger, held!, keeping)).rejects.toMatchObject({ code: "honest/kept" });
    await held!.release();
    expect(existsSync(held!.store.root)).toBe(false);
    const run = await showRun(ledger, id);
    expect(run).toMatchObject({
      notebook: "work/n.ipynb",
      outcome: { kind: "ok" },
      origin: {
        run: "01KAGZ0000000000000000RUN1",
        asWritten: { name: "accuracy_score", value: report.score!.asWritten },
        fixes: [{ rule: "feature-selection-before-split", cell: 2 }],
      },
    });
    expect(run.metrics.map(({ value }) => value)).toEqual([report.score!.honest]);
    // Stored, and named as the workspace has it; what was written in the copy is in none of its files.
    expect(run.datasets.map(({ path, access, stored }) => [path, access, stored])).toEqual([
      ["work/noise.csv", "read", true],
    ]);
    expect(run.notes.filter(({ code }) => code === "copy/written")).toEqual([
      { code: "copy/written", message: expect.stringMatching(/^work\/written\.csv was written in the copy/) },
    ]);
    const kept = JSON.parse(Buffer.from(await readRunNotebook(ledger, id)).toString());
    const outputs = kept.cells.map(({ outputs }: { outputs: unknown[] }) => outputs.length);
    expect(outputs).toEqual([0, 0, 0, 1, 1, 0]);
    expect(kept.cells[1].source.join("")).not.toBe(choose);
    expect(readdirSync(folder)).toEqual(before);
    expect(readFileSync(options.path, "utf8")).toBe(text);
    expect((await listRuns(ledger)).runs).toHaveLength(1);
  }, 120_000);

  it("is not held where its copy raised", async () => {
    const { options } = await workspaceWith(
      imports + read,
      choose,
      split,
      `${fit}\nassert (model.predict(X_test) == y_test).mean() > 0.6, "too low"`,
      score,
    );
    const temporary = join(options.root, "temporary");
    mkdirSync(temporary);
    vi.stubEnv("TMPDIR", temporary);
    const { held } = await honestScore({ ...options, isHeld: true });
    vi.unstubAllEnvs();
    expect(held).toBeNull();
    expect(readdirSync(temporary)).toEqual([]);
  }, 120_000);
});

describe("nothing is run", () => {
  it("where no leak is", async () => {
    const { options, told } = await workspaceWith(imports + read, split, fit, score);
    const { report } = await honestScore(options);
    expect(report).toMatchObject({ score: null, parts: [], unfixed: [], bill: null, kernels: 0 });
    expect(told).toEqual(["Trying fixes on copies"]);
  });

  it("where a cell names the workspace in full", async () => {
    const { options, folder } = await workspaceWith(imports + read, choose, split, fit, score);
    const at = JSON.stringify(join(folder, "noise.csv"));
    writeFileSync(
      options.path,
      notebook(imports + read.replace('"noise.csv"', at), choose, split, fit, score),
    );
    await expect(honestScore(options)).rejects.toMatchObject({ code: "honest/outside" });
  });

  it("where the workspace is larger than may be copied", async () => {
    const { options } = await workspaceWith(imports + read, choose, split, fit, score);
    await expect(honestScore({ ...options, mostCopied: 1000 })).rejects.toMatchObject({
      code: "honest/too-large",
    });
  });
});

describe("it ends", () => {
  it("where the notebook as it is raises", async () => {
    const { options } = await workspaceWith(imports + read, choose, split, fit, score, "1 / 0");
    await expect(honestScore(options)).rejects.toMatchObject({
      code: "honest/not-run",
      message: /ZeroDivisionError: division by zero/,
    });
  }, 60_000);

  it("where no score is seen", async () => {
    const { options } = await workspaceWith(
      imports + read,
      choose,
      split,
      `${fit}\n(model.predict(X_test) == y_test).mean()`,
    );
    await expect(honestScore(options)).rejects.toMatchObject({ code: "honest/no-score" });
  }, 60_000);

  it("where it takes too long", async () => {
    const { options } = await workspaceWith(imports + read, choose, split, fit, score, "while True: pass");
    await expect(honestScore({ ...options, timeoutMs: 8000 })).rejects.toMatchObject({
      code: "honest/not-run",
      message: /it took longer than 8 seconds/,
    });
  }, 60_000);

  it("when it is stopped, with nothing left behind", async () => {
    const { options } = await workspaceWith(imports + read, choose, split, fit, score);
    const temporary = join(options.root, "temporary");
    mkdirSync(temporary);
    vi.stubEnv("TMPDIR", temporary);
    const stop = new AbortController();
    const stopped = honestScore({
      ...options,
      signal: stop.signal,
      onProgress: (step) => {
        if (step.includes("cell 2")) stop.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: "honest/stopped" });
    vi.unstubAllEnvs();
    expect(readdirSync(temporary)).toEqual([]);
  }, 60_000);
});
