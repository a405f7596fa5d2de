import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { type JupyterLabSession, startJupyterLab } from "./jupyterlab-session.ts";
import { recordTwentyRuns } from "./weather-runs.ts";

describe("JupyterLab, twenty runs", () => {
  let lab: JupyterLabSession;
  let best = "";
  beforeAll(async () => {
    lab = await startJupyterLab();
    best = await recordTwentyRuns(lab.folder);
    await lab.open("sweep.ipynb");
    await lab.page.locator('[role="tab"][data-id="lookback-runs"]').click();
  });
  afterEach(({ task }) => lab.keepFailure(task));
  afterAll(() => lab?.stop());

  const list = () => lab.page.locator("#lookback-runs");
  const rows = () => list().getByRole("listbox").locator(".lb-run-row");
  const count = () => list().locator(".lb-runs-count").textContent();
  const notebooks = () => readdirSync(lab.folder).filter((name) => name.endsWith(".ipynb"));

  it("finds the best of twenty, and compares it with the next", async () => {
    await expect.poll(count).toBe("20 runs");
    await list().locator(".lb-runs-sort select").selectOption("roc_auc_score");
    await expect.poll(() => rows().first().textContent()).toMatch(/AUC 0\.9000.*deployed/);
    expect(await rows().first().getAttribute("data-run-id")).toBe(best);
    await lab.screenshot("twenty-light");
    expect(await axeViolations(lab.page.mainFrame(), "#lookback-runs")).toEqual([]);
    await rows()
      .nth(0)
      .click({ modifiers: ["Control"] });
    await rows()
      .nth(1)
      .click({ modifiers: ["Control"] });
    await list().getByRole("button", { name: "Compare 2 runs" }).click();
    await expect
      .poll(() => lab.page.locator("main.lb-compare:visible h1").textContent())
      .toMatch(/^Same code in 3 of 4 cells.*AUC [+−]0\.01/);
    await list().getByRole("button", { name: "Clear", exact: true }).click();
  });

  it("narrows twenty to those that are asked for", async () => {
    const filter = list().getByRole("searchbox", { name: "Filter runs" });
    await filter.fill("auc > 0.885");
    await expect.poll(count).toBe("3 of 20 runs");
    await filter.fill("is:live");
    await expect.poll(count).toBe("1 of 20 runs");
    await filter.fill("");
  });

  it("shows the best run, runs it again, and gives its notebook back beside the other", async () => {
    await rows().first().click();
    const page = lab.page.locator("main.lb-run:visible");
    await expect.poll(() => page.locator("h1").textContent()).toMatch(/^AUC 0\.9000 from delays\.csv/);
    await page.getByRole("button", { name: "Reproduce" }).click();
    const verdict = page.getByRole("region", { name: "Reproduction" });
    await verdict.waitFor({ timeout: 120_000 });
    await expect.poll(() => verdict.textContent()).toMatch(/^reproducedIdentical: 4 of 4 cells/);
    await lab.screenshot("reproduced");
    await lab.theme("JupyterLab Dark");
    await lab.screenshot("reproduced-dark");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-run:not(.lm-mod-hidden *)")).toEqual([]);
    await lab.page.setViewportSize({ width: 760, height: 900 });
    await lab.screenshot("reproduced-narrow");
    await lab.page.setViewportSize({ width: 1440, height: 900 });
    await lab.theme("JupyterLab Light");
    const before = notebooks();
    await page.getByRole("button", { name: "Restore notebook" }).click();
    await expect.poll(() => notebooks().length, { timeout: 60_000 }).toBe(before.length + 1);
    const [restored = ""] = notebooks().filter((name) => !before.includes(name));
    expect(readFileSync(join(lab.folder, restored), "utf8")).toContain("threshold = 13");
    expect(readFileSync(join(lab.folder, "sweep.ipynb"), "utf8")).toContain("threshold = 20");
  });

  it("offers to bring back what was deleted for a while, and not for ever", async () => {
    await rows().nth(1).click({ button: "right" });
    await lab.page.locator(".lm-Menu-item", { hasText: "Delete" }).click();
    const offer = lab.page.locator(".Toastify__toast", { hasText: /Run \w{6} is deleted/ });
    await offer.waitFor();
    await lab.page.mouse.move(5, 5);
    await expect.poll(count).toBe("19 runs");
    await expect.poll(() => offer.count(), { timeout: 20_000 }).toBe(0);
    await list().getByText("1 deleted run", { exact: true }).click();
    await list()
      .getByRole("button", { name: /^Bring back/ })
      .click();
    await expect.poll(count).toBe("20 runs");
  });

  it("said nothing alarming in the browser's console", () => {
    expect(lab.complaints.filter((text) => /lookback|Lookback/.test(text))).toEqual([]);
  });
});
