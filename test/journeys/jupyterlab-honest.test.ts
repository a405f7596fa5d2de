import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { type JupyterLabSession, startJupyterLab } from "./jupyterlab-session.ts";
import { leakyCellsOfMany, leakyElsewhere, recordLeakyRun } from "./leaky-run.ts";
import { notebookOf } from "./notebook-of.ts";

describe("JupyterLab, the honest score", () => {
  let lab: JupyterLabSession;
  let path = "";
  let before = "";

  // Of its own, so that what is left there is of this editor.
  const temporary = mkdtempSync(join(tmpdir(), "lookback-honest-journey-"));

  beforeAll(async () => {
    vi.stubEnv("TMPDIR", temporary);
    lab = await startJupyterLab();
    path = await recordLeakyRun(lab.folder, leakyCellsOfMany);
    before = readFileSync(path, "utf8");
    await lab.open("pumps.ipynb");
  });
  afterEach(({ task }) => lab.keepFailure(task));
  afterAll(async () => {
    await lab?.stop();
    // The score that could be kept was held in a copy of the workspace.
    await vi.waitFor(
      () => expect(readdirSync(temporary).filter((name) => /^lookback-honest-/.test(name))).toEqual([]),
      15_000,
    );
    vi.unstubAllEnvs();
    rmSync(temporary, { recursive: true, force: true });
  });

  const panel = () => lab.page.locator("main.lb-honest:visible");
  const button = (name: string | RegExp) => panel().getByRole("button", { name });
  const runs = () => lab.page.locator("#lookback-runs").getByRole("listbox").locator(".lb-run-row");

  it("is canceled, and nothing has changed", async () => {
    await lab.menu("Lookback", "Show the Honest Score");
    await button("Cancel").waitFor();
    await panel()
      .getByText(/As it is: cell/)
      .waitFor();
    await lab.screenshot("honest-1-progress");
    await button("Cancel").click();
    await panel().getByText("Canceled.").waitFor();
    await lab.screenshot("honest-2-canceled");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-honest:not(.lm-mod-hidden *)")).toEqual([]);
  });

  it("says both scores, what the first is made of, how often its rows have judged, and what was not read", async () => {
    await button("Try again").click();
    await expect
      .poll(() => panel().textContent(), { timeout: 180_000 })
      .toMatch(
        /as written0\.\d{4}→honest0\.\d{4}AUC on 100 held-out rows\..*Each fix was made alone and in every order/,
      );
    const text = (await panel().textContent()) ?? "";
    expect(text).toMatch(/pumps · from the run .* · computed on copies of it/);
    expect(text).toMatch(/selection-before-split · cell 3.*random-split-on-time · cell 4/);
    expect(text).toMatch(/1 model since .*, in 1 notebook/);
    expect(text).toMatch(/What was not read.*1 of 7 cells/);
    const rows = await panel().locator(".lb-waterfall table tr").allTextContents();
    const figures = rows.map((row) => Number(/[−+]?\.\d+$/.exec(row)?.[0].replace("−", "-")));
    expect(figures).toHaveLength(4);
    expect(figures.slice(0, -1).reduce((sum, each) => sum + each, 0)).toBeCloseTo(figures.at(-1)!, 6);
    await lab.screenshot("honest-3-light");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-honest:not(.lm-mod-hidden *)")).toEqual([]);
  });

  it("shows a fix before and after, and why", async () => {
    await button("See the fix").last().click();
    await expect.poll(() => panel().locator(".lb-honest-fix").last().textContent()).toMatch(/shuffle=False/);
    await lab.screenshot("honest-4-fix");
    await button("Why").last().click();
    const why = lab.page.locator("main.lb-explain:visible");
    await expect
      .poll(() => why.textContent())
      .toMatch(/Random split of rows in time.*Neighbors in time are nearly alike/);
    await lab.page.locator(".lm-TabBar-tabLabel", { hasText: "Honest score: pumps" }).click();
    await button("Hide the fix").click();
  });

  it("reads in the dark and in little room", async () => {
    await lab.theme("JupyterLab Dark");
    await lab.screenshot("honest-5-dark");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-honest:not(.lm-mod-hidden *)")).toEqual([]);
    await lab.page.setViewportSize({ width: 720, height: 1200 });
    await lab.screenshot("honest-6-narrow");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-honest:not(.lm-mod-hidden *)")).toEqual([]);
    await lab.page.setViewportSize({ width: 1440, height: 900 });
    await lab.theme("JupyterLab Light");
  });

  it("is kept as a run, which says what it is and is compared with none", async () => {
    await lab.page.locator('[role="tab"][data-id="lookback-runs"]').click();
    await expect.poll(() => runs().count()).toBe(1);
    await button("Keep as a run").click();
    await button("Open the kept run").waitFor();
    await expect.poll(() => runs().count()).toBe(2);
    expect(await runs().first().textContent()).toMatch(/honest score/);
    expect(await runs().first().textContent()).not.toMatch(/[▲▼]/);
    await button("Open the kept run").click();
    const run = lab.page.locator("main.lb-run:visible");
    await expect
      .poll(() => run.textContent())
      .toMatch(/honest score of run \w{6}, AUC 0\.\d{4} as written\. Fixes made: .* compared with no run/);
    await lab.screenshot("honest-7-kept");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-run:not(.lm-mod-hidden *)")).toEqual([]);
  });

  it("has left the notebook as it was; writes the copy beside it, and makes the fixes as one step when asked", async () => {
    expect(readFileSync(path, "utf8")).toBe(before);
    await lab.page.locator(".lm-TabBar-tabLabel", { hasText: "Honest score: pumps" }).click();
    await button("Open the copy").click();
    await lab.page.locator(".lm-TabBar-tabLabel", { hasText: "pumps (honest).ipynb" }).waitFor();
    expect(existsSync(join(lab.folder, "pumps (honest).ipynb"))).toBe(true);
    expect(readFileSync(path, "utf8")).toBe(before);
    await lab.page.locator(".lm-TabBar-tabLabel", { hasText: "Honest score: pumps" }).click();
    await button("Apply all 2 fixes…").click();
    const review = panel().locator(".lb-honest-review");
    await expect.poll(() => review.textContent()).toMatch(/Some of these change more.*shuffle=False/);
    await lab.screenshot("honest-8-review");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-honest:not(.lm-mod-hidden *)")).toEqual([]);
    await review.getByRole("button", { name: "Leave it" }).click();
    expect(await review.count()).toBe(0);
    await button("Apply all 2 fixes…").click();
    await review.getByRole("button", { name: /^Change \d cells?$/ }).click();
    await panel()
      .getByText(/its fixes were made in your notebook just now, and one undo there takes them back/)
      .waitFor();
    await lab.page.locator(".lm-TabBar-tabLabel", { hasText: /^pumps\.ipynb$/ }).click();
    const notebook = lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook");
    const split = notebook.locator(".jp-CodeCell", { hasText: "train_test_split(X" }).first();
    await expect.poll(() => notebook.textContent()).toMatch(/shuffle=False/);
    await split.locator(".cm-content").click();
    await lab.page.keyboard.press("Control+z");
    await expect.poll(() => notebook.textContent()).not.toMatch(/shuffle=False/);
    await expect
      .poll(() => notebook.textContent())
      .toMatch(/SelectKBest\(f_classif, k=12\)\.fit_transform\(X, y\)/);
    // They can be made again, and not where they are in it already.
    const makeAll = async () => {
      await lab.page.locator(".lm-TabBar-tabLabel", { hasText: "Honest score: pumps" }).click();
      await button("Apply all 2 fixes…").click();
      await review.getByRole("button", { name: /^Change \d cells?$/ }).click();
    };
    await makeAll();
    await panel()
      .getByText(/its fixes were made in your notebook/)
      .waitFor();
    await makeAll();
    await lab.page.getByText("The notebook has changed since. Nothing of it was changed.").first().waitFor();
    await lab.page.locator(".lm-TabBar-tabLabel", { hasText: /^pumps\.ipynb$/ }).click();
    await expect.poll(() => notebook.textContent()).toMatch(/shuffle=False/);
    await split.locator(".cm-content").click();
    await lab.page.keyboard.press("Control+z");
    await expect.poll(() => notebook.textContent()).not.toMatch(/shuffle=False/);
  });

  it("asks for what is not saved to be saved", async () => {
    const notebook = lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook");
    await notebook.locator(".jp-CodeCell .cm-content").nth(1).click();
    await lab.page.keyboard.press("Control+End");
    await lab.page.keyboard.type(" ");
    await lab.page.locator(".lm-TabBar-tabLabel", { hasText: "Honest score: pumps" }).click();
    await button("Run again").click();
    await panel().getByText("The notebook has changes that are not saved. Nothing ran.").waitFor();
    await button("Save it and show the score").waitFor();
    await lab.screenshot("honest-9-unsaved");
  });

  it("tells a leak apart that the score does not rest on, and so does the list of runs", async () => {
    await recordLeakyRun(lab.folder, leakyElsewhere, "apart.ipynb");
    await expect.poll(() => runs().first().textContent()).toMatch(/apart.*1 leak elsewhere/);
    expect(await runs().first().textContent()).not.toMatch(/not comparable/);
    await lab.open("apart.ipynb");
    await lab.menu("Lookback", "Show the Honest Score");
    await panel().getByText("Leaks elsewhere in the notebook").waitFor({ timeout: 120_000 });
    expect(await panel().textContent()).toMatch(
      /as written(0\.\d{4})→honest\1.*No leak that was found reaches this score.*selection-before-split · cell 3.*not part of this score/,
    );
    await lab.screenshot("honest-12-elsewhere");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-honest:not(.lm-mod-hidden *)")).toEqual([]);
    await lab.page.locator('[role="tab"][data-id="lookback-runs"]').click();
    await runs().first().click();
    const run = lab.page.locator("main.lb-run:visible");
    await expect.poll(() => run.textContent()).toMatch(/1 leak elsewhere.*AUC does not rest on it/);
    await lab.screenshot("honest-13-run");
  });

  it("says that there is nothing to fix, and that a package is missing where the copies run", async () => {
    const [imports = "", ...more] = leakyCellsOfMany;
    writeFileSync(join(lab.folder, "clean.ipynb"), notebookOf(["x = 1", "print(x)"]));
    writeFileSync(
      join(lab.folder, "missing.ipynb"),
      notebookOf([`${imports}\nimport no_such_package`, ...more]),
    );
    await lab.open("clean.ipynb");
    await lab.menu("Lookback", "Show the Honest Score");
    await panel().getByText("No leak was found: nothing ran, and there is no other score").waitFor();
    expect(await panel().textContent()).toMatch(/no recorded run of it whole.*All 2 cells were read/);
    await lab.screenshot("honest-10-nothing");
    await lab.open("missing.ipynb");
    await lab.menu("Lookback", "Show the Honest Score");
    await panel()
      .getByText(/did not run to its end: ModuleNotFoundError: No module named 'no_such_package'/)
      .waitFor({ timeout: 120_000 });
    expect(await panel().textContent()).toMatch(/It ran with .*python.*: install there what is missing/);
    await lab.screenshot("honest-11-missing");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-honest:not(.lm-mod-hidden *)")).toEqual([]);
  });

  it("said nothing alarming in the browser's console", () => {
    expect(lab.complaints.filter((text) => /lookback|Lookback/.test(text))).toEqual([]);
  });
});
