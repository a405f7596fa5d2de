/**
 * What observing adds to a cell: the same cells in two kernels side by side, one of them observed.
 * Budget: 5 ms at the 95th percentile. Measured as processor time of the thread that runs the cells, which neither other
 * processes lengthen nor the pools of a numerical library that spin while they wait; a third of it or so is the kernel's
 * own handling of a request, alike in both.
 *
 * `node test/bench/observe.mjs [rounds]`; LOOKBACK_PYTHON names the Python.
 */
import { join } from "node:path";
import { anew, bundleOf, root as repository } from "./setup/bundle.mjs";
import { quantile } from "./setup/times.mjs";
import { workspace } from "./setup/workspace.mjs";

const budgetMs = 5;
/**
 * What one event of another kind than the observer listens to may cost; `copy.deepcopy` reports several for each object it meets. Python's own
 * part of it, a hook that does nothing, is .17 here.
 */
const budgetUs = 0.3;
/** How often copying a list of one number asks for an identity. */
const eventsPerList = 4;
const rounds = Number(process.argv[2] ?? 300);

const prepare = `
import numpy as np, pandas as pd, pickle
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
frame = pd.DataFrame({f"c{i}": np.random.default_rng(i).normal(size=500) for i in range(20)})
y = (frame["c0"] > 0).astype(int)
frame.to_csv("frame.csv", index=False)
many = {f"name{i}": i for i in range(2000)}
globals().update(many)
`;
const cells = {
  "one line": "x = 1",
  "a long cell": `${"value = [number * 2 for number in range(10)]\n".repeat(200)}`,
  "reading a file": 'df = pd.read_csv("frame.csv")',
  "fitting and scoring":
    "model = make_pipeline(StandardScaler(), LogisticRegression()).fit(frame, y)\nroc_auc_score(y, model.predict_proba(frame)[:, 1])",
};

const root = workspace();
const taken = {
  "kernel-bridge/src/ledger/store/open-store.ts": "openStore",
  "kernel-bridge/src/journal/observer-code.ts": "observerCode",
  "kernel-bridge/src/kernels/launch-kernel.ts": "launchKernel",
};
// The observer's own files are found from where its source lies.
const here = `file://${join(repository, "kernel-bridge/src/journal/observer-code.ts")}`;
const bundle = await bundleOf(taken, {
  define: { "import.meta.url": JSON.stringify(here) },
  banner: {
    js: `import { createRequire } from "node:module"; const require = createRequire(${JSON.stringify(here)});`,
  },
});
const { openStore, observerCode, launchKernel } = await anew(bundle);

const plain = await launchKernel({ cwd: root });
const observed = await launchKernel({ cwd: root });
for (const kernel of [plain, observed]) await kernel.execute(prepare, { silent: true });
const store = await openStore(root);
const code = await observerCode(store, {
  sessionId: "bench",
  notebook: "n.ipynb",
  compiler: [],
  startedFrom: null,
});
await observed.execute(code, { silent: true });
await observed.execute("import time; time.sleep(1)", { cellId: "settle" });

const times = new Map(Object.keys(cells).map((name) => [name, { plain: [], observed: [] }]));
for (let round = 0; round < rounds; round++) {
  for (const [name, source] of Object.entries(cells)) {
    // The kernels take turns at going first, so that what the machine does meanwhile meets both alike.
    const turns = round % 2 === 0 ? ["plain", "observed"] : ["observed", "plain"];
    for (const which of turns) {
      const kernel = which === "plain" ? plain : observed;
      times.get(name)[which].push(await cpuMs(kernel, source));
    }
  }
}
const copying = { plain: [], observed: [] };
for (const kernel of [plain, observed])
  await kernel.execute("import copy; lists = [[i] for i in range(80_000)]", { silent: true });
for (let round = 0; round < 7; round++) {
  copying.plain.push(await cpuMs(plain, "copied = copy.deepcopy(lists)"));
  copying.observed.push(await cpuMs(observed, "copied = copy.deepcopy(lists)"));
}
await Promise.all([plain.shutdown(), observed.shutdown()]);

let worst = 0;
for (const [name, { plain, observed }] of times) {
  const added = quantile(observed, 0.95) - quantile(plain, 0.95);
  worst = Math.max(worst, added);
  const [before, after] = [quantile(plain, 0.5), quantile(observed, 0.5)];
  console.log(
    `${name.padEnd(20)} p95 +${added.toFixed(2)} ms; median ${before.toFixed(2)} -> ${after.toFixed(2)} ms, ${(after / before).toFixed(2)} times`,
  );
}
console.log(
  `observe: +${worst.toFixed(2)} ms p95 at worst, ${(worst / budgetMs).toFixed(2)} of the budget of ${budgetMs} ms`,
);
const [bare, heard] = [Math.min(...copying.plain), Math.min(...copying.observed)];
const eventUs = ((heard - bare) * 1000) / (80_000 * eventsPerList);
console.log(
  `copying 80,000 lists  ${bare.toFixed(0)} -> ${heard.toFixed(0)} ms, ${(heard / bare).toFixed(2)} times; ${eventUs.toFixed(3)} us an event, ${(eventUs / budgetUs).toFixed(2)} of the budget of ${budgetUs} us`,
);
process.exit(worst > budgetMs || eventUs > budgetUs ? 1 : 0);

/** Milliseconds of processor time that a cell costs the thread it runs on. */
async function cpuMs(kernel, source) {
  let printed = "";
  const onMessage = ({ content }) => {
    printed += content.text ?? "";
  };
  const clock = "import time; print(time.thread_time_ns())";
  await kernel.execute(clock, { onMessage, cellId: "clock" });
  const { error } = await kernel.execute(source, { cellId: "cell" });
  if (error) throw new Error(`${error.name}: ${error.message}`);
  await kernel.execute(clock, { onMessage, cellId: "clock" });
  const [began, ended] = printed.trim().split("\n").map(Number);
  return (ended - began) / 1e6;
}
