import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { buildExtension, startVscode, type VscodeSession } from "./vscode-session.ts";
import { recordChain } from "./weather-runs.ts";

describe("VS Code, what rests on what", () => {
  let session: VscodeSession;
  beforeAll(async () => {
    session = await startVscode(buildExtension());
    await recordChain(session.folder);
  });
  afterAll(() => session?.stop());
  beforeEach(({ onTestFailed }) => onTestFailed(() => session?.screenshot("failed")));

  it("draws a run between what it rests on and what rests on it", async () => {
    await session.command("Lookback: Show Runs");
    const runs = await session.panel(".lb-runs .lb-run-row");
    const rows = runs.locator(".lb-run-row");
    await expect.poll(() => rows.count()).toBe(5);
    await rows.nth(0).click({ button: "right" });
    await session.choose("Lineage");
    const lineage = await session.panel(".lb-lineage .lb-lineage-node");
    expect(await lineage.locator("h1").textContent()).toMatch(
      /^Run \w{6} rests on 2 files and 1 run; 1 saved model and 1 deployment rest on it$/,
    );
    await session.screenshot("lineage");
    expect(await axeViolations(lineage, ".lb-lineage")).toEqual([]);
  });

  it("does not delete what a deployment rests on, and says what does", async () => {
    const { page } = session;
    const runs = await session.panel(".lb-runs .lb-run-row");
    await runs.locator(".lb-run-row").nth(0).click({ button: "right" });
    await session.choose("Delete");
    await page
      .getByText(/Nothing was deleted: late-flight@1 rests on this run/)
      .first()
      .waitFor();
    await session.screenshot("delete-refused");
    expect(await runs.locator(".lb-run-row").count()).toBe(5);
  });

  it("shows every version of a cell, and puts one back so that undo takes it away", async () => {
    const { page } = session;
    await session.open("train.ipynb");
    const cell = await session.cell("max_depth=6");
    await cell.locator(".view-lines").click();
    await session.command("Lookback: Cell History");
    const history = await session.panel(".lb-history article");
    expect(await history.locator("h1").textContent()).toBe("Cell 3 of train: 3 versions");
    await session.screenshot("history");
    expect(await axeViolations(history, ".lb-history")).toEqual([]);
    await history.getByRole("button", { name: "Put this version back" }).last().click();
    const notebook = page.locator(".notebook-editor .monaco-list-rows").first();
    await expect.poll(() => notebook.textContent()).toMatch(/max_depth=2/);
    await (await session.cell("max_depth=2")).locator(".view-lines").click();
    await page.keyboard.press("Control+z");
    await expect.poll(() => notebook.textContent()).toMatch(/max_depth=6/);
    expect(session.complaints).toEqual([]);
  });

  it("draws it in the dark", async () => {
    await session.command("Preferences: Toggle between Light/Dark Themes");
    await session.page.locator(".monaco-workbench.vs-dark").waitFor();
    await session.page
      .locator(".tab", { hasText: /^Lineage: / })
      .first()
      .click();
    await session.screenshot("lineage-dark");
  });
});
