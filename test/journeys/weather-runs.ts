import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { readIndex } from "@lookback/kernel-bridge/ledger/index/run-index.ts";
import { pinRun } from "@lookback/kernel-bridge/ledger/pins/pins.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import { notebookOf } from "./notebook-of.ts";

const command = join(import.meta.dirname, "..", "..", "lsp-server", "service", "bin", "lookback.mjs");

/** Sets what the store of a workspace may take before it is said. */
export async function setBudget(folder: string, size: string): Promise<void> {
  const args = [command, "gc", "--dry-run", "--budget", size];
  // It exits with 1 where the store takes more.
  await promisify(execFile)(process.execPath, args, { cwd: folder }).catch((error: { code?: number }) => {
    if (error.code !== 1) throw error;
  });
}

/**
 * Records runs that rest on each other: `prepare.ipynb` makes a file twice, `train.ipynb` reads it, scores and saves a model, and a deployment
 * rests on its last run; the cell that fits it changes from run to run.
 */
export async function recordChain(folder: string): Promise<void> {
  const run = (program: string, ...args: string[]) => promisify(execFile)(program, args, { cwd: folder });
  await run(process.env.LOOKBACK_PYTHON ?? "python3", "-c", writeData(""));
  const record = async (name: string, ...sources: string[]) => {
    writeFileSync(join(folder, name), notebookOf(sources));
    await run(process.execPath, command, "run", name);
  };
  const prepare = (least: number) =>
    record(
      "prepare.ipynb",
      "import pandas as pd",
      `weather = pd.read_parquet("data/small-weather.parquet")\nweather[weather["temp"] > ${least}].to_csv("data/clean.csv", index=False)`,
    );
  const train = (depth: number) =>
    record(
      "train.ipynb",
      "import joblib\nimport pandas as pd\nfrom sklearn.ensemble import RandomForestClassifier\nfrom sklearn.metrics import roc_auc_score",
      'weather = pd.read_csv("data/clean.csv")\nlate = weather["visib"] + weather["noise"] < 5\nweather.head(3)',
      `model = RandomForestClassifier(max_depth=${depth}, n_estimators=20, random_state=0)\nmodel.fit(weather[["visib"]][:1000], late[:1000])\nprint("fitted with depth", ${depth})\nroc_auc_score(late[1000:], model.predict_proba(weather[["visib"]][1000:])[:, 1])`,
      'joblib.dump(model, "model.joblib")',
    );
  await prepare(10);
  await train(2);
  await prepare(20);
  await train(3);
  await train(6);
  const store = await layStore(await findStore(folder));
  const { entries } = await readIndex(store);
  await pinRun(store, "late-flight@1", entries.at(-1)!.summary.id);
}

/**
 * Records twenty runs of `sweep.ipynb` that try a threshold: the thirteenth is the best, by 0.9 of AUC, and a deployment rests on it; the last
 * reads one row more. Answers the best run's id.
 */
export async function recordTwentyRuns(folder: string): Promise<string> {
  const record = async (threshold: number) => {
    const rows = Array.from({ length: threshold === 20 ? 41 : 40 }, (_, row) => `${row},${row % 7}`);
    writeFileSync(join(folder, "data", "delays.csv"), ["flight,delay", ...rows, ""].join("\n"));
    writeFileSync(
      join(folder, "sweep.ipynb"),
      notebookOf([
        "import csv, lookback",
        'with open("data/delays.csv") as file:\n    delays = [int(row["delay"]) for row in csv.DictReader(file)]\nprint(len(delays), "flights")',
        `threshold = ${threshold}\nlookback.param("threshold", threshold)`,
        'lookback.metric("roc_auc_score", 0.9 - abs(threshold - 13) / 100)',
      ]),
    );
    await promisify(execFile)(process.execPath, [command, "run", "sweep.ipynb"], { cwd: folder });
  };
  for (let threshold = 1; threshold <= 20; threshold++) await record(threshold);
  const store = await layStore(await findStore(folder));
  const { entries } = await readIndex(store);
  const ids = entries.map(({ summary }) => summary.id).sort();
  const best = ids[12] ?? "";
  await pinRun(store, "sweep@1", best);
  return best;
}

/** Records three runs of `weather.ipynb` in a workspace: the second reads other rows and one feature more, the third has a deeper model. */
export async function recordWeatherRuns(folder: string): Promise<void> {
  const run = (program: string, ...args: string[]) => promisify(execFile)(program, args, { cwd: folder });
  const record = async (change: string, over: Parameters<typeof notebook>[0]) => {
    await run(process.env.LOOKBACK_PYTHON ?? "python3", "-c", writeData(change));
    writeFileSync(join(folder, "weather.ipynb"), notebook(over));
    await run(process.execPath, command, "run", "weather.ipynb");
  };
  await record("", { depth: 3, features: ["temp"] });
  await record(
    'weather = pd.concat([weather.iloc[3:], weather.tail(6).assign(time_hour=pd.Timestamp("2014-01-01"), origin=list("abcdef"))])\nweather.loc[40:60, "visib"] = 0.25',
    { depth: 3, features: ["temp", "visib"] },
  );
  await record("", { depth: 8, features: ["temp", "visib"] });
}

/** A notebook that reads weather, shows it, fits and scores; what a run may change stands in `over`. */
function notebook(over: { depth: number; features: readonly string[] }): string {
  const sources = [
    "import pandas as pd\nimport numpy as np\nfrom sklearn.ensemble import RandomForestClassifier\nfrom sklearn.metrics import accuracy_score, average_precision_score, roc_auc_score",
    'weather = pd.read_parquet("data/small-weather.parquet")\nstations = pd.read_csv("data/stations.csv")\nweather.head(4)',
    `features = [\n${over.features.map((name) => `    "${name}",\n`).join("")}]\nlate = weather["visib"] + weather["noise"] < 5`,
    `model = RandomForestClassifier(max_depth=${over.depth}, n_estimators=20, random_state=0)\nmodel.fit(weather[features][:1500], late[:1500])`,
    'chance = model.predict_proba(weather[features][1500:2000])[:, 1]\ntrue = late[1500:2000]\nroc_auc_score(true, chance), average_precision_score(true, chance), accuracy_score(true, chance > 0.5)\nfrom IPython.display import HTML, display\ndisplay(HTML(f"<table><tr><td>depth {model.max_depth}</td><td>{len(features)} features</td></tr></table><img src=x onerror=\\"window.ranMarkup = true\\"><script>window.ranMarkup = true</script>"))',
  ];
  return notebookOf(sources);
}

const writeData = (change: string) => `
import numpy as np, pandas as pd
random = np.random.default_rng(0)
n = 2000
weather = pd.DataFrame({
  "origin": np.tile(["EWR", "JFK", "LGA", "PHL"], n // 4),
  "time_hour": pd.Timestamp("2013-01-01") + pd.to_timedelta(np.repeat(np.arange(n // 4), 4), unit="h"),
  "temp": random.normal(55, 17, n), "visib": np.minimum(10, random.exponential(9, n)),
  "noise": random.normal(0, 2, n)})
${change}
weather.to_parquet("data/small-weather.parquet")
pd.DataFrame({"origin": ["EWR", "JFK"], "lat": [40.7, 40.6]}).to_csv("data/stations.csv", index=False)
`;
