import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { type JupyterLabSession, startJupyterLab } from "./jupyterlab-session.ts";
import { recordChain, setBudget } from "./weather-runs.ts";

describe("JupyterLab, what rests on what", () => {
  let lab: JupyterLabSession;

  beforeAll(async () => {
    lab = await startJupyterLab();
    await recordChain(lab.folder);
    await lab.open("train.ipynb");
  });
  afterEach(({ task }) => lab.keepFailure(task));
  afterAll(() => lab?.stop());

  const runs = () => lab.page.locator("#lookback-runs").getByRole("listbox").locator(".lb-run-row");
  const page = () => lab.page.locator("main.lb-lineage:visible");
  const menu = (name: string) => lab.page.locator(".lm-Menu-item", { hasText: name }).click();

  it("draws a run between what it rests on and what rests on it, and goes from file to file", async () => {
    await lab.page.locator('[role="tab"][data-id="lookback-runs"]').click();
    await expect.poll(() => runs().count()).toBe(5);
    await runs().nth(0).click({ button: "right" });
    await menu("Lineage");
    await expect
      .poll(() => page().locator("h1").textContent())
      .toMatch(/^Run \w{6} rests on 2 files and 1 run; 1 saved model and 1 deployment rest on it$/);
    await lab.screenshot("lineage-1-light");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-lineage")).toEqual([]);
    // By the keyboard: from the run to what it read.
    await page().locator('.lb-lineage-node[aria-current="true"]').focus();
    await lab.page.keyboard.press("ArrowLeft");
    expect(await lab.page.evaluate("document.activeElement.textContent")).toMatch(/clean\.csv/);
    await lab.page.keyboard.press("Enter");
    await expect
      .poll(() => page().locator("h1").textContent())
      .toMatch(
        /^clean\.csv comes from 1 file and 1 run; 2 runs, 2 saved models and 1 deployment rest on it$/,
      );
    await page().getByRole("tab", { name: "If it is deleted" }).click();
    await expect.poll(() => page().textContent()).toMatch(/is kept by Lookback/);
    await lab.screenshot("lineage-2-deleted");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-lineage")).toEqual([]);
    await page().getByRole("button", { name: "Back" }).click();
    await expect.poll(() => page().locator("h1").textContent()).toMatch(/^Run/);
  });

  it("draws it in the dark, and as a list in little room", async () => {
    await lab.theme("JupyterLab Dark");
    await lab.screenshot("lineage-3-dark");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-lineage")).toEqual([]);
    await lab.page.setViewportSize({ width: 720, height: 900 });
    await page().getByRole("heading", { name: "It rests on" }).waitFor();
    await lab.screenshot("lineage-4-narrow");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-lineage")).toEqual([]);
    await lab.page.setViewportSize({ width: 1440, height: 900 });
    await lab.theme("JupyterLab Light");
  });

  it("says where a number comes from, and which runs saw a file", async () => {
    await runs().nth(0).click();
    const run = lab.page.locator("main.lb-run:visible");
    // Of the three that were trained the first had other data.
    await expect
      .poll(() => run.textContent())
      .toMatch(
        /These rows are known to have judged 2 models since \d{4}-\d\d-\d\d, in 1 notebook; how much too good the best score is cannot be said: whether all of its rows were held out is not known/,
      );
    for (const theme of ["Dark", "Light"] as const) {
      await lab.theme(`JupyterLab ${theme}`);
      await lab.screenshot(`run-looks-${theme.toLowerCase()}`);
      expect(await axeViolations(lab.page.mainFrame(), "main.lb-run:not(.lm-mod-hidden *)")).toEqual([]);
    }
    await run.getByRole("button", { name: "Where AUC comes from" }).click();
    await expect.poll(() => page().locator("h1").textContent()).toMatch(/^Where AUC 0\.\d+ comes from/);
    expect(await page().textContent()).toMatch(/computed in cell 3.*RandomForestClassifier.*clean\.csv/);
    await lab.screenshot("lineage-5-metric");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-lineage:not(.lm-mod-hidden *)")).toEqual([]);
    await runs().nth(0).click();
    await run.getByRole("button", { name: "Which runs saw data/clean.csv" }).click();
    await expect.poll(() => page().locator("h1").textContent()).toMatch(/^clean\.csv comes from/);
  });

  it("shows every version of a cell, and puts one back so that undo takes it away", async () => {
    await lab.page.locator(".lm-TabBar-tabLabel", { hasText: "train.ipynb" }).click();
    const cell = lab.page.locator(".jp-Notebook .jp-CodeCell", { hasText: "max_depth" });
    await cell.locator(".cm-content").click({ button: "right" });
    await menu("Cell History");
    const history = lab.page.locator("main.lb-history:visible");
    await expect.poll(() => history.locator("h1").textContent()).toBe("Cell 3 of train: 3 versions");
    expect(await history.locator("article").first().textContent()).toMatch(
      /max_depth=3.*max_depth=6.*AUC 0\.\d+.*fitted RandomForestClassifier.*fitted with depth 6/s,
    );
    await lab.screenshot("history-1-light");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-history")).toEqual([]);
    await history.getByRole("button", { name: "Put this version back" }).last().click();
    const depth = async () =>
      /max_depth=(\d)/.exec((await cell.locator(".cm-content").textContent()) ?? "")?.[1];
    await expect.poll(depth).toBe("2");
    await cell.locator(".cm-content").click();
    await lab.page.keyboard.press("Control+z");
    await expect.poll(depth).toBe("6");
  });

  it("deletes a run that others rest on once it is confirmed, brings it back, and keeps what a deployment rests on", async () => {
    await setBudget(lab.folder, "1kB");
    await runs().nth(4).click({ button: "right" });
    await menu("Delete");
    const dialog = lab.page.locator(".jp-Dialog");
    await expect
      .poll(() => dialog.textContent())
      .toMatch(/Run \w{6} of train read data\/clean\.csv, which it wrote/);
    await lab.screenshot("delete-1-asks");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await expect.poll(() => runs().count()).toBe(4);
    await lab.page.locator("#lookback-runs").getByText("1 deleted run", { exact: true }).click();
    await lab.page
      .locator("#lookback-runs")
      .getByText(/over the budget of 1\.0 kB\. 1 deleted run/)
      .waitFor();
    await lab.screenshot("delete-2-deleted");
    expect(await axeViolations(lab.page.mainFrame(), "#lookback-runs")).toEqual([]);
    await lab.page
      .locator("#lookback-runs")
      .getByRole("button", { name: /^Bring back/ })
      .click();
    await expect.poll(() => runs().count()).toBe(5);
    await lab.page.getByRole("button", { name: "Free up…" }).click();
    await lab.page
      .getByText(/Nothing can be freed: every byte is of a run that stands/)
      .first()
      .waitFor();
    await runs().nth(0).click({ button: "right" });
    await menu("Delete");
    await lab.page
      .getByText(/Nothing was deleted: late-flight@1 rests on this run/)
      .first()
      .waitFor();
    await lab.screenshot("delete-3-refused");
    expect(await runs().count()).toBe(5);
  });

  it("adds a remote, and pushes the runs there", async () => {
    const shared = mkdtempSync(join(tmpdir(), "lookback-shared-"));
    const choose = async (name: string) => {
      await lab.page.locator(".lm-MenuBar-item", { hasText: /^Lookback$/ }).click();
      await lab.page.locator(".lm-Menu-itemLabel").getByText(name, { exact: true }).click();
    };
    const dialog = lab.page.locator(".jp-Dialog");
    await choose("Push Runs");
    await lab.page
      .getByText(/This workspace has no remote yet/)
      .first()
      .waitFor();
    await lab.page.getByRole("button", { name: "Add remote" }).click();
    for (const text of ["team", shared]) {
      await dialog.locator("input").fill(text);
      await dialog.getByRole("button", { name: "Ok" }).click();
    }
    await lab.page
      .getByText(/\d+ records and \d+ data files .* sent to team/)
      .first()
      .waitFor();
    await lab.screenshot("push-1-done");
    await choose("Pull Runs");
    await lab.page.getByText("Nothing new fetched from team.").first().waitFor();
    rmSync(shared, { recursive: true, force: true });
  });

  it("said nothing alarming in the browser's console", () => {
    expect(lab.complaints.filter((text) => /lookback|Lookback/.test(text))).toEqual([]);
  });
});
