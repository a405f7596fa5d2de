import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { buildExtension, startVscode, type VscodeSession } from "./vscode-session.ts";
import { recordWeatherRuns } from "./weather-runs.ts";

describe("VS Code, comparing runs", () => {
  let session: VscodeSession;
  beforeAll(async () => {
    session = await startVscode(buildExtension());
    await recordWeatherRuns(session.folder);
  });
  afterAll(() => session?.stop());
  beforeEach(({ onTestFailed }) => onTestFailed(() => session?.screenshot("failed")));

  it("compares two runs that are chosen from the list, and opens VS Code's own diff of their notebooks", async () => {
    const { page } = session;
    await session.command("Lookback: Show Runs");
    const runs = await session.panel(".lb-runs .lb-run-row");
    const rows = runs.locator(".lb-run-row");
    await expect.poll(() => rows.count()).toBe(3);
    await rows.nth(2).click({ modifiers: ["Control"] });
    await rows.nth(1).click({ modifiers: ["Control"] });
    await runs.getByRole("button", { name: "Compare 2 runs" }).click();
    const compare = await session.panel(".lb-compare .lb-tabs");
    expect(await compare.locator("h1").textContent()).toMatch(
      /^Same code in 4 of 5 cells, small-weather changed, AUC [+−]0\.\d{4}/,
    );
    expect(await compare.locator(".lb-line.lb-added").first().textContent()).toMatch(/"visib"/);
    await compare.locator(".lb-row-counts", { hasText: "6 added, 3 removed, 21 changed" }).waitFor();
    await session.screenshot("compare");
    expect(await axeViolations(compare, ".lb-compare")).toEqual([]);

    await compare.getByRole("button", { name: "Open notebook diff" }).click();
    await page.locator(".notebook-text-diff-editor").waitFor({ timeout: 60_000 });
    await expect
      .poll(() => page.locator(".notebook-text-diff-editor").textContent(), { timeout: 30_000 })
      .toMatch(/visib/);
    await session.screenshot("compare-notebooks");
    expect(session.complaints).toEqual([]);
  });

  it("draws it in the dark", async () => {
    await session.command("Preferences: Toggle between Light/Dark Themes");
    await session.page.locator(".monaco-workbench.vs-dark").waitFor();
    await session.page
      .locator(".tab", { hasText: /^Compare / })
      .first()
      .click();
    await session.screenshot("compare-dark");
  });
});
