/**
 * What a key press costs the linter: a generated 100-cell notebook is edited, twenty key presses in a cell and then in another, and the whole
 * notebook analyzed anew each time, with all rules on. Then a notebook of 1,000 cells looked at once, what the server holds for 500
 * open notebooks, and `lookback check` beside the linters that are installed here (Ruff,
 * waldean, mlguard-lint, in PATH): a ratio of whole processes over the same files.
 *
 * `node test/bench/lint.mjs [edits]`
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { anew, bundleOf, root } from "./setup/bundle.mjs";
import { quantile, several, timed, within } from "./setup/times.mjs";

const budgets = { p50: 8, p95: 25, cold: 500, heldMb: 200 };
const edits = Number(process.argv[2] ?? 200);
const { analyze, createCache, loadPython, notebookOf } = await anew(
  await bundleOf({
    "lsp-server/language/leakage/analyze.ts": "analyze, createCache",
    "lsp-server/service/files/load-python.ts": "loadPython",
    "lsp-server/language/notebook/notebook.ts": "notebookOf",
  }),
);
const python = await loadPython();

await keyPresses();
await manyCells();
held();
await peers();

async function keyPresses() {
  const cells = generate(100);
  const cold = await several(20, () => analyze(notebookOf("n", cells), { python }));
  const cache = createCache();
  const { findings } = analyze(notebookOf("n", cells), { python, cache });
  const warm = [];
  for (let edit = 0; edit < edits; edit++) {
    // People press many keys in one cell.
    const at = (Math.floor(edit / 20) * 37) % cells.length;
    cells[at] = {
      ...cells[at],
      source: `${cells[at].source}${edit % 20 === 0 ? `\nnote_${edit} = 1` : "0"}`,
    };
    warm.push(await timed(() => analyze(notebookOf("n", cells), { python, cache })));
  }
  const [p50, p95] = [quantile(warm), quantile(warm, 0.95)];
  const lines = cells.reduce((sum, cell) => sum + cell.source.split("\n").length, 0);
  console.log(`100 cells, ${lines} lines, ${findings.length} findings`);
  console.log(
    `first look, cold   ${cold[0].toFixed(1)} ms; median of 20 without a cache ${quantile(cold).toFixed(1)} ms`,
  );
  console.log(`after an edit      p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms (${edits} edits)`);
  console.log(`edit / cold        ${(p50 / quantile(cold)).toFixed(2)}`);
  against("p50 / budget      ", p50, budgets.p50);
  against("p95 / budget      ", p95, budgets.p95);
}

async function manyCells() {
  const book = notebookOf("n", generate(1000));
  const cold = await several(3, () => analyze(book, { python }));
  console.log(`1,000 cells, cold  ${quantile(cold).toFixed(0)} ms`);
  against("cold / budget     ", quantile(cold), budgets.cold);
}

/** What stays in memory for notebooks of 20 cells that are all open: their text, what was read of it, and what was said. */
function held() {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const used = () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 1e6;
  };
  const before = used();
  const open = Array.from({ length: 500 }, (_, n) => {
    const cells = generate(20).map((cell) => ({ ...cell, source: `${cell.source}\nof_${n} = ${n}` }));
    const notebook = notebookOf(`n${n}`, cells);
    const cache = createCache();
    return { notebook, cache, analysis: analyze(notebook, { python, cache }) };
  });
  const mb = used() - before;
  console.log(`${open.length} open         ${mb.toFixed(0)} MB`);
  against("held / budget     ", mb, budgets.heldMb);
}

/** Whole processes over the same 100 notebooks: what Lookback takes of a peer's time. */
async function peers() {
  const folder = mkdtempSync(join(tmpdir(), "lookback-lint-"));
  try {
    const cells = generate(20).map(({ id, source }) => ({
      cell_type: "code",
      id,
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    }));
    const notebook = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
    for (let n = 0; n < 100; n++) writeFileSync(join(folder, `n${n}.ipynb`), notebook);
    const timeOf = async (command, args) =>
      quantile(await several(3, () => spawnSync(command, [...args, folder], { stdio: "ignore" })));
    const ours = await timeOf(process.execPath, [join(root, "lsp-server/service/bin/lookback.mjs"), "check"]);
    console.log(`100 notebooks      ${(ours / 1000).toFixed(2)} s, a process of its own`);
    for (const [command, ...args] of [
      ["ruff", "check", "--no-cache"],
      ["waldean", "check"],
      ["mlguard-lint"],
    ]) {
      if (!isInstalled(command)) {
        console.log(`${command}: not installed here, not compared`);
        continue;
      }
      const theirs = await timeOf(command, args);
      console.log(`lookback / ${command.padEnd(13)} ${(ours / theirs).toFixed(2)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isInstalled(command) {
  try {
    execFileSync(command, ["--help"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function against(label, value, budget) {
  console.log(`${label} ${(value / budget).toFixed(2)}${within(value, budget) ? "" : "  over budget"}`);
}

/** A notebook as people write them: load, clean, derive, plot, split, fit and score, over and over. */
function generate(count) {
  const shapes = [
    (n) => `df${n} = pd.read_csv("data_${n}.csv", parse_dates=["at"])\ndf${n}.head()`,
    (n) =>
      `df = df${n - 1}.copy()\nfor column in ["a", "b", "c", "d"]:\n    df[column] = df[column].fillna(df[column].median())\ndf["ratio"] = df["a"] / (df["b"] + 1)`,
    (n) =>
      `def prepare_${n}(frame, k=${n}):\n    frame = frame.copy()\n    frame["x${n}"] = frame["a"].apply(lambda v: v * k)\n    if k > 50:\n        frame["y${n}"] = frame["b"].clip(0, 1)\n    else:\n        frame["y${n}"] = frame["b"]\n    return frame.dropna(subset=["a"])\n\ndf = prepare_${n}(df)`,
    (n) =>
      `fig, ax = plt.subplots(1, 2, figsize=(12, 4))\nsns.histplot(df["a"], ax=ax[0])\ndf.groupby("g")["b"].mean().plot(kind="bar", ax=ax[1], title="Group ${n}")\nplt.show()`,
    (n) =>
      `df = df.merge(df.groupby("g")["c"].agg(["mean", "std"]).reset_index(), on="g", how="left")\ndf["late_${n}"] = df["d"] > ${n}\ndf = df[df["a"] < 100]`,
    (n) =>
      `inputs = ["a", "b", "c", "ratio"]\nscaler_${n} = StandardScaler()\nX = scaler_${n}.fit_transform(df[inputs])\nX_train, X_test, y_train, y_test = train_test_split(X, df["late_${n - 1}"], random_state=${n})`,
    (n) =>
      `scores_${n} = {}\nfor name, model in [("lr", LogisticRegression()), ("rf", RandomForestClassifier(n_estimators=${n})), ("svc", SVC())]:\n    model.fit(X_train, y_train)\n    predicted = model.predict(X_test)\n    scores_${n}[name] = accuracy_score(y_test, predicted)\n    print(f"{name}: {scores_${n}[name]:.3f}")`,
    (n) =>
      `search_${n} = GridSearchCV(make_pipeline(StandardScaler(), SVC()), {"svc__C": [0.1, 1, 10]}, cv=5)\nsearch_${n}.fit(X_train, y_train)\nprint(search_${n}.best_params_, search_${n}.score(X_test, y_test))`,
  ];
  return Array.from({ length: count }, (_, at) => ({
    id: `cell-${at}`,
    source: shapes[at % shapes.length](at + 1),
  }));
}
