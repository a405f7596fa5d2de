import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { type JupyterLabSession, startJupyterLab } from "./jupyterlab-session.ts";

const root = join(import.meta.dirname, "..", "..");

/** A notebook that reads weather, shows it, fits and scores; what a run may change stands in `over`. */
function notebook(over: { depth: number; features: readonly string[] }): string {
  const sources = [
    "import pandas as pd\nimport numpy as np\nfrom sklearn.ensemble import RandomForestClassifier\nfrom sklearn.metrics import accuracy_score, average_precision_score, roc_auc_score",
    'weather = pd.read_parquet("data/small-weather.parquet")\nstations = pd.read_csv("data/stations.csv")\nweather.head(4)',
    `features = [\n${over.features.map((name) => `    "${name}",\n`).join("")}]\nlate = weather["visib"] + weather["noise"] < 5`,
    `model = RandomForestClassifier(max_depth=${over.depth}, n_estimators=20, random_state=0)\nmodel.fit(weather[features][:1500], late[:1500])`,
    'chance = model.predict_proba(weather[features][1500:2000])[:, 1]\ntrue = late[1500:2000]\nroc_auc_score(true, chance), average_precision_score(true, chance), accuracy_score(true, chance > 0.5)\nprint("scored", len(true), "rows")',
  ];
  const cells = sources.map((source, at) => ({
    id: `cell-${at}`,
    cell_type: "code",
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
  }));
  const kernelspec = { name: "python3", display_name: "Python 3", language: "python" };
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
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

describe("JupyterLab, comparing runs", () => {
  let lab: JupyterLabSession;
  const python = (code: string) =>
    promisify(execFile)(process.env.LOOKBACK_PYTHON ?? "python3", ["-c", code], { cwd: lab.folder });
  const record = async (change: string, over: Parameters<typeof notebook>[0]) => {
    await python(writeData(change));
    writeFileSync(join(lab.folder, "weather.ipynb"), notebook(over));
    const command = join(root, "lsp-server", "service", "bin", "lookback.mjs");
    await promisify(execFile)(process.execPath, [command, "run", "weather.ipynb"], { cwd: lab.folder });
  };

  beforeAll(async () => {
    lab = await startJupyterLab();
    await record("", { depth: 3, features: ["temp"] });
    await record(
      'weather = pd.concat([weather.iloc[3:], weather.tail(6).assign(time_hour=pd.Timestamp("2014-01-01"), origin=list("abcdef"))])\nweather.loc[40:60, "visib"] = 0.25',
      { depth: 3, features: ["temp", "visib"] },
    );
    await record("", { depth: 8, features: ["temp", "visib"] });
    await lab.open("weather.ipynb");
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail")
      await lab.screenshot(`failed-${task.name.slice(0, 40).replace(/\W+/g, "-")}`);
  });
  afterAll(() => lab?.stop());

  const runs = () => lab.page.locator("#lookback-runs").getByRole("option");
  const page = () => lab.page.locator("main.lb-compare:visible");
  const theme = async (name: "JupyterLab Light" | "JupyterLab Dark") => {
    await lab.page.locator(".lm-MenuBar-item", { hasText: /^Settings$/ }).click();
    await lab.page.locator(".lm-Menu-itemLabel").getByText("Theme", { exact: true }).hover();
    await lab.page.locator(".lm-Menu-itemLabel").getByText(name, { exact: true }).click();
    await lab.page.locator(`body[data-jp-theme-name="${name}"]`).waitFor({ state: "attached" });
    await lab.page.locator("#jupyterlab-splash").waitFor({ state: "detached" });
  };

  it("compares two runs that are chosen from the list: verdict, cells, rows, scores", async () => {
    await lab.page.locator('[role="tab"][data-id="lookback-runs"]').click();
    await expect.poll(() => runs().count()).toBe(3);
    await runs().nth(2).click({ button: "right" });
    await lab.page.locator(".lm-Menu-item", { hasText: "Compare With…" }).click();
    await page().getByRole("button", { name: "Compare", exact: true }).waitFor();
    await lab.screenshot("compare-0-picker");
    await page().locator("tbody tr").nth(1).getByRole("button").click();
    await expect
      .poll(() => page().locator("h1").textContent())
      .toMatch(/^Same code in 4 of 5 cells, small-weather changed, AUC [+−]0\.\d{4}/);
    expect(await page().locator(".cm-mergeView").count()).toBe(1);
    await expect
      .poll(() => page().locator(".lb-row-counts").textContent(), { timeout: 60_000 })
      .toMatch(/6 added, 3 removed, 21 changed.*by \(origin, time_hour\)/);
    expect(await page().locator(".lb-histogram").count()).toBe(2);
    expect(await page().textContent()).toMatch(/stations\.csv identical/);
    await lab.screenshot("compare-1-light");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-compare")).toEqual([]);
  });

  it("draws it in the dark, in little room, and one kind of thing alone", async () => {
    await theme("JupyterLab Dark");
    await lab.screenshot("compare-2-dark");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-compare")).toEqual([]);
    await lab.page.setViewportSize({ width: 760, height: 900 });
    await lab.screenshot("compare-3-narrow");
    await lab.page.setViewportSize({ width: 1440, height: 900 });
    await theme("JupyterLab Light");
    for (const [tab, text] of [
      ["Cells", /Cell 3/],
      ["Data", /stations\.csv identical/],
      ["Model", /n_estimators/],
      ["Metrics", /AUC/],
      ["Environment", /Python/],
    ] as const) {
      await page().getByRole("tab", { name: tab }).click();
      await expect.poll(() => page().getByRole("tabpanel").textContent()).toMatch(text);
      await lab.screenshot(`compare-4-${tab.toLowerCase()}`);
    }
    await page().getByRole("button", { name: "Swap" }).click();
    await expect.poll(() => page().locator("h1").textContent()).toMatch(/AUC [+−]/);
  });

  it("puts three runs that are marked with the keyboard into one table and two pictures", async () => {
    const list = lab.page.locator("#lookback-runs").getByRole("listbox");
    await list.focus();
    await lab.page.keyboard.press("Home");
    await lab.page.keyboard.press("Space");
    await lab.page.keyboard.press("ArrowDown");
    await lab.page.keyboard.press("Space");
    await lab.page.keyboard.press("ArrowDown");
    await lab.page.keyboard.press("Space");
    await lab.page.getByRole("button", { name: "Compare 3 runs" }).click();
    await expect
      .poll(() => page().locator("h1").textContent())
      .toMatch(/^3 runs, .* best AUC 0\.\d{4} in run/);
    expect(await page().locator(".lb-plot").count()).toBe(2);
    await lab.screenshot("compare-5-three");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-compare:not(.lm-mod-hidden *)")).toEqual([]);
  });

  it("said nothing alarming in the browser's console", () => {
    expect(lab.complaints.filter((text) => /lookback|Lookback/.test(text))).toEqual([]);
  });
});
