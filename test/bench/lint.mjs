/**
 * What a key press costs the linter: one cell of a generated 100-cell notebook is edited again and again, and the whole
 * notebook analyzed anew each time. Budget: 50 ms at the 95th percentile.
 *
 * `node test/bench/lint.mjs [edits]`
 */
import { anew, bundleOf } from "./setup/bundle.mjs";
import { quantile, timed, within } from "./setup/times.mjs";

const budgetMs = 50;
const edits = Number(process.argv[2] ?? 200);
const { analyze, createCache, loadPython, notebookOf } = await anew(
  await bundleOf({
    "lsp-server/language/leakage/analyze.ts": "analyze, createCache",
    "lsp-server/service/files/load-python.ts": "loadPython",
    "lsp-server/language/notebook/notebook.ts": "notebookOf",
  }),
);

const cells = generate(100);
const python = await loadPython();
const cold = [];
for (let round = 0; round < 20; round++)
  cold.push(await timed(() => analyze(notebookOf("n", cells), { python })));
const cache = createCache();
const { findings } = analyze(notebookOf("n", cells), { python, cache });
const warm = [];
for (let edit = 0; edit < edits; edit++) {
  const at = (edit * 37) % cells.length;
  cells[at] = { ...cells[at], source: `${cells[at].source}\nnote_${edit} = ${edit}` };
  warm.push(await timed(() => analyze(notebookOf("n", cells), { python, cache })));
}
const [p50, p95] = [quantile(warm, 0.5), quantile(warm, 0.95)];
console.log(
  `100 cells, ${cells.reduce((sum, cell) => sum + cell.source.split("\n").length, 0)} lines, ${findings.length} findings`,
);
console.log(
  `first look, cold   ${cold[0].toFixed(1)} ms; median of 20 without a cache ${quantile(cold, 0.5).toFixed(1)} ms`,
);
console.log(`after an edit      p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms (${edits} edits)`);
console.log(`edit / cold        ${(p50 / quantile(cold, 0.5)).toFixed(2)}`);
console.log(`p95 / budget       ${(p95 / budgetMs).toFixed(2)}${p95 > budgetMs ? "  over budget" : ""}`);
within(p95, budgetMs);

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
