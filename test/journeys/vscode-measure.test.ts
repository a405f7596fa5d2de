import type { Frame } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cutCell, writeVisits } from "./visits-notebook.ts";
import { buildExtension, startVscode, type VscodeSession } from "./vscode-session.ts";

describe("VS Code, a finding that is settled by a count", () => {
  let session: VscodeSession;
  let explained: Frame;
  beforeAll(async () => {
    session = await startVscode(buildExtension());
    writeVisits(session.folder);
  });
  afterAll(() => session?.stop());
  beforeEach(({ onTestFailed }) => onTestFailed(() => session?.screenshot("measure-failed")));

  const text = () => explained.locator("main.lb-explain").textContent();
  const notification = (says: RegExp) =>
    session.page.locator(".notification-list-item", { hasText: says }).first();
  const take = async (entry: string | RegExp) => {
    const cell = await session.cell(cutCell);
    await cell.locator(".view-line").first().click();
    await session.page.keyboard.press("End");
    await session.act(entry);
  };

  it("says from the lightbulb that nothing runs, and settles nothing", async () => {
    await session.open("visits.ipynb");
    const cell = await session.cell(cutCell);
    await cell.locator(".squiggly-warning").first().waitFor({ timeout: 60_000 });
    await take(/Measure it: How many test rows are of a patient_id/);
    await notification(/The notebook has no kernel that runs\. Nothing was measured/).waitFor();
  });

  it("counts in the kernel, from the finding's page, once the notebook has run", async () => {
    await session.page
      .locator(".notebook-toolbar-container")
      .getByText("Run All")
      .locator("visible=true")
      .click();
    await session.page.locator(".cell-statusbar-container .codicon-notebook-state-success").nth(2).waitFor({
      timeout: 120_000,
    });
    await take("Explain group-across-split");
    explained = await session.panel("main.lb-explain .lb-path");
    await explained.getByRole("button", { name: "Measure it" }).click();
    await expect
      .poll(text, { timeout: 60_000 })
      .toMatch(/Measured: 50 of 50 test rows \(100 %\) are of a patient_id that has training rows too/);
    await notification(/The finding stands\. 50 of 50 test rows/).waitFor();
    const cell = await session.cell(cutCell);
    await cell.locator(".squiggly-error").first().waitFor();
    await session.screenshot("measured");
  });
});
