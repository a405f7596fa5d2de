import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { leakyCells, recordLeakyRun } from "./leaky-run.ts";
import { buildExtension, startVscode, type VscodeSession } from "./vscode-session.ts";

describe("VS Code, the honest score", () => {
  let session: VscodeSession;
  let path = "";
  let before = "";

  beforeAll(async () => {
    session = await startVscode(buildExtension());
    path = await recordLeakyRun(session.folder, leakyCells);
    before = readFileSync(path, "utf8");
  });
  afterAll(() => session?.stop());
  beforeEach(({ onTestFailed }) => onTestFailed(() => session?.screenshot("failed")));

  const panel = () => session.panel(".lb-honest .lb-honest-scores");

  it("says both scores and what the first is made of", async () => {
    await session.open("pumps.ipynb");
    await session.command("Lookback: Show the Honest Score");
    await session.panel(".lb-honest .lb-honest-step");
    await session.screenshot("honest-1-progress");
    const honest = await panel();
    const text = (await honest.locator("main").textContent()) ?? "";
    expect(text).toMatch(/as written0\.\d{4}→honest0\.\d{4}AUC on 100 held-out rows\./);
    expect(text).toMatch(/selection-before-split · cell 3.*random-split-on-time · cell 4/);
    expect(await honest.locator(".lb-waterfall table tr").count()).toBe(4);
    await session.screenshot("honest-2-light");
    expect(await axeViolations(honest, ".lb-honest")).toEqual([]);
  });

  it("shows a fix before and after, and why", async () => {
    const honest = await panel();
    await honest.getByRole("button", { name: "See the fix" }).last().click();
    await expect.poll(() => honest.locator(".lb-honest-fix").last().textContent()).toMatch(/shuffle=False/);
    await session.screenshot("honest-3-fix");
    await honest.getByRole("button", { name: "Why" }).last().click();
    const why = await session.panel(".lb-explain article");
    expect(await why.locator("main").textContent()).toMatch(/Random split of rows in time/);
    await session.page.locator(".tab", { hasText: "Honest score: pumps" }).click();
  });

  it("is kept as a run, and the notebook is as it was", async () => {
    const honest = await panel();
    await honest.getByRole("button", { name: "Keep as a run" }).click();
    await honest.getByRole("button", { name: "Open the kept run" }).click();
    const run = await session.panel(".lb-run .lb-run-header");
    await expect
      .poll(() => run.locator("main").textContent())
      .toMatch(/honest score of run \w{6}, AUC 0\.\d{4} as written\./);
    expect(readFileSync(path, "utf8")).toBe(before);
    await session.screenshot("honest-4-kept");
  });

  it("makes the fixes in the notebook as one step of undo, when asked", async () => {
    await session.page.locator(".tab", { hasText: "Honest score: pumps" }).click();
    const honest = await panel();
    await honest.getByRole("button", { name: "Apply all 2 fixes" }).click();
    await honest
      .getByText(/its fixes were made in your notebook just now, and one undo there takes them back/)
      .waitFor();
    await session.page.locator(".tab", { hasText: "pumps.ipynb" }).first().click();
    const notebook = session.page.locator(".notebook-editor .monaco-list-rows:visible").first();
    await expect.poll(() => notebook.textContent()).toMatch(/shuffle=False/);
    await (await session.cell("shuffle=False")).locator(".view-lines").first().click();
    await session.page.keyboard.press("Control+z");
    await expect.poll(() => notebook.textContent()).not.toMatch(/shuffle=False/);
    await session.cell("X = SelectKBest(f_classif, k=12).fit_transform(X, y)");
  });

  it("reads in the dark", async () => {
    await session.command("Preferences: Toggle between Light/Dark Themes");
    await session.page.locator(".monaco-workbench.vs-dark").waitFor();
    await session.page.locator(".tab", { hasText: "Honest score: pumps" }).click();
    await session.screenshot("honest-5-dark");
    expect(await axeViolations(await panel(), ".lb-honest")).toEqual([]);
    expect(session.complaints).toEqual([]);
  });
});
