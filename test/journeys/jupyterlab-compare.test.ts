import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { type JupyterLabSession, startJupyterLab } from "./jupyterlab-session.ts";
import { recordWeatherRuns } from "./weather-runs.ts";

describe("JupyterLab, comparing runs", () => {
  let lab: JupyterLabSession;

  beforeAll(async () => {
    lab = await startJupyterLab();
    await recordWeatherRuns(lab.folder);
    await lab.open("weather.ipynb");
  });
  afterEach(({ task }) => lab.keepFailure(task));
  afterAll(() => lab?.stop());

  const runs = () => lab.page.locator("#lookback-runs").getByRole("listbox").locator(".lb-run-row");
  const page = () => lab.page.locator("main.lb-compare:visible");

  it("compares two runs that are chosen from the list: verdict, cells, rows, scores", async () => {
    await lab.page.locator('[role="tab"][data-id="lookback-runs"]').click();
    await expect.poll(() => runs().count()).toBe(3);
    await runs().nth(2).click({ button: "right" });
    await lab.page.locator(".lm-Menu-item", { hasText: "Compare With…" }).click();
    await page().getByRole("button", { name: "Compare", exact: true }).waitFor();
    await lab.screenshot("compare-0-picker");
    await page().locator("tbody tr").nth(1).getByRole("button").click();
    await page().getByRole("tablist").waitFor();
    await expect
      .poll(() => page().locator("h1").textContent())
      .toMatch(/^Same code in 4 of 5 cells, small-weather changed, AUC [+−]0\.\d{4}/);
    expect(await page().locator(".cm-mergeView").count()).toBe(1);
    await expect
      .poll(() => page().locator(".lb-row-counts").textContent(), { timeout: 60_000 })
      .toMatch(/6 added, 3 removed, 21 changed.*by \(origin, time_hour\)/);
    expect(await page().locator(".lb-histogram").count()).toBe(2);
    expect(await page().textContent()).toMatch(/stations\.csv identical/);
    // Two runs of one minute are told apart where their scores stand.
    const [left, right] = await page()
      .locator("thead:has(time)")
      .last()
      .locator("th:has(time)")
      .allTextContents();
    expect(left?.replace("left: ", "")).not.toBe(right?.replace("right: ", ""));
    // What a cell showed is shown as texts: nothing of its markup is part of the page.
    await page().locator(".lb-output-table", { hasText: "1 features" }).waitFor();
    expect(await lab.page.evaluate("window.ranMarkup")).toBeUndefined();
    await lab.screenshot("compare-1-light");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-compare")).toEqual([]);
  });

  it("runs the right run again from its restored inputs, and offers what can be had back", async () => {
    await page().getByRole("button", { name: "Reproduce right" }).click();
    const verdict = page().getByRole("region", { name: "Reproduction" });
    await verdict.waitFor({ timeout: 120_000 });
    expect(await verdict.textContent()).toMatch(/^reproducedIdentical: 5 of 5 cells, 1 model, 3 scores\./);
    await page().getByRole("button", { name: "Restore" }).click();
    expect(await page().getByRole("menuitem").count()).toBe(6);
    await lab.screenshot("compare-1-reproduced");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-compare")).toEqual([]);
    await lab.page.keyboard.press("Escape");
  });

  it("draws it in the dark, in little room, and one kind of thing alone", async () => {
    await lab.theme("JupyterLab Dark");
    await lab.screenshot("compare-2-dark");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-compare")).toEqual([]);
    await lab.page.setViewportSize({ width: 760, height: 900 });
    await lab.screenshot("compare-3-narrow");
    await lab.page.setViewportSize({ width: 1440, height: 900 });
    await lab.theme("JupyterLab Light");
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
      .toMatch(/^3 runs, code and data differ, .* best AUC 0\.\d{4} in run/);
    expect(await page().locator(".lb-plot").count()).toBe(2);
    await lab.screenshot("compare-5-three");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-compare:not(.lm-mod-hidden *)")).toEqual([]);
  });

  it("said nothing alarming in the browser's console", () => {
    expect(lab.complaints.filter((text) => /lookback|Lookback/.test(text))).toEqual([]);
  });
});
