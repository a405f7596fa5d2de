import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { type JupyterLabSession, startJupyterLab } from "./jupyterlab-session.ts";
import { cutCell, writeVisits } from "./visits-notebook.ts";

describe("JupyterLab, a finding that is settled by a count", () => {
  let lab: JupyterLabSession;
  beforeAll(async () => {
    lab = await startJupyterLab();
    writeVisits(lab.folder);
  });
  afterEach(({ task }) => lab.keepFailure(task));
  afterAll(() => lab?.stop());

  const list = () => lab.page.locator("main.lb-leaks");
  const explained = () => lab.page.locator("main.lb-explain");
  const codeCell = () => lab.page.locator(".jp-Notebook:visible .jp-CodeCell", { hasText: cutCell }).first();
  const said = (text: RegExp) => lab.page.locator(".Toastify__toast, .jp-Notification", { hasText: text });

  it("says what has to run first, and settles nothing", async () => {
    await lab.open("visits.ipynb");
    await lab.menu("Lookback", "Show Findings");
    await list().locator(".lb-leaks-row").getByRole("button", { name: "Explain" }).first().click();
    await expect.poll(() => explained().textContent()).toMatch(/group-across-split/);
    await explained().getByRole("button", { name: "Measure it" }).click();
    await said(/Nothing was measured\. Cell 1 has not run as it stands now/)
      .first()
      .waitFor();
    expect(await explained().textContent()).not.toMatch(/Measured:/);
  });

  it("counts in the kernel once the notebook has run, without a trace in it", async () => {
    await codeCell().locator(".cm-content").click();
    await lab.menu("Run", "Run All Cells");
    const prompts = lab.page.locator(".jp-Notebook:visible .jp-InputPrompt");
    await expect
      .poll(() => prompts.allTextContents(), { timeout: 120_000 })
      .toEqual(["[1]:", "[2]:", "[3]:"]);
    await explained().getByRole("button", { name: "Measure it" }).click();
    await expect
      .poll(() => explained().textContent())
      .toMatch(/Measured: 50 of 50 test rows \(100 %\) are of a patient_id that has training rows too/);
    await said(/The finding stands\. 50 of 50/)
      .first()
      .waitFor();
    expect(await prompts.allTextContents()).toEqual(["[1]:", "[2]:", "[3]:"]);
    await lab.theme("JupyterLab Dark");
    await lab.screenshot("measured-dark");
    await lab.theme("JupyterLab Light");
    await lab.screenshot("measured-light");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-explain")).toEqual([]);
  });

  it("forgets the count when what was counted changes", async () => {
    await codeCell().locator(".cm-content").click();
    await lab.page.keyboard.press("Control+End");
    await lab.page.keyboard.type("\ntest = test.head(10)");
    await expect.poll(() => explained().textContent()).not.toMatch(/Measured:/);
    await lab.page.keyboard.press("Control+z");
  });
});
