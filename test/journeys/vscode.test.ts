import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildExtension, startVscode, type VscodeSession } from "./vscode-session.ts";

let vsix: string;
beforeAll(() => {
  vsix = buildExtension();
});

describe.each(["light", "dark"] as const)("VS Code, %s", (theme) => {
  let session: VscodeSession;
  beforeAll(async () => {
    session = await startVscode(vsix, theme);
  });
  afterAll(() => session?.stop());

  it("underlines the leak, says why, and offers the fix", async () => {
    const { page } = session;
    await session.open("late-flight-leaky.ipynb");
    const scaling = await session.cell("fit_transform");
    await scaling.locator(".squiggly-error, .squiggly-warning").first().waitFor({ timeout: 60_000 });

    await scaling.locator(".view-line span", { hasText: "fit_transform" }).last().hover();
    const hover = page.locator(".monaco-hover:visible", { hasText: /test rows/ });
    await hover.first().waitFor({ timeout: 30_000 });
    await session.screenshot("finding");

    await scaling.locator(".view-line", { hasText: "fit_transform" }).click();
    await page.keyboard.press("Control+.");
    const fixes = page.locator(".action-widget .monaco-list-row");
    await fixes.first().waitFor({ timeout: 30_000 });
    await session.screenshot("quick-fix");
    expect(await fixes.allInnerTexts()).toContainEqual(
      expect.stringMatching(/split|pipeline|training rows/i),
    );
    await page.keyboard.press("Escape");
    await page.locator(".statusbar", { hasText: /◇ \d+ leaks?/ }).waitFor();
  });

  it("completes features from the definitions", async () => {
    const { page } = session;
    await session.open("late-flight.ipynb");
    const definition = await session.cell("late_flights = TrainingSet(");
    await definition.locator(".view-line", { hasText: "origin_weather:wind_speed" }).click();
    await page.keyboard.press("End");
    await page.keyboard.type(' "origin_weather:');
    await page.keyboard.press("Control+Space");
    const suggestions = page.locator(".suggest-widget .monaco-list-row");
    await suggestions.filter({ hasText: "visib" }).first().waitFor({ timeout: 30_000 });
    await session.screenshot("completion");
    await page.keyboard.press("Escape");
    for (
      let undone = 0;
      undone < 20 && (await definition.getByText('"origin_weather:"').count()) > 0;
      undone++
    ) {
      await page.keyboard.press("Control+z");
    }
  });

  it("runs a notebook in its own kernel and lists the run", async () => {
    const { page } = session;
    await page.locator(".notebook-toolbar-container").getByText("Run All").click();
    await session.command("Lookback: Show Runs");
    const runs = await session.panel(".lb-runs");
    const row = runs.locator(".lb-run-row", { hasText: "late-flight" }).first();
    await row.waitFor({ timeout: 180_000 });
    expect(await row.textContent()).toMatch(/(AUC|average precision) 0\.\d{4}/);
    await session.screenshot("runs");

    await row.click();
    const runPage = await session.panel(".lb-run .lb-cells");
    expect(await runPage.locator(".lb-run h1").textContent()).toMatch(/0\.\d{4} from flights\.parquet/);
    await runPage.getByText("336,776").first().waitFor();
    await session.screenshot("run");

    await runPage.getByRole("button", { name: "Restore notebook" }).click();
    await page.locator(".tab", { hasText: /late-flight.+\.ipynb/ }).waitFor();
    expect(readdirSync(session.folder).filter((name) => name.endsWith(".ipynb"))).toHaveLength(3);
  });

  it("previews the join above its training set", async () => {
    const { page } = session;
    await session.open("late-flight.ipynb");
    await session.cell("late_flights = TrainingSet(");
    await page
      .locator(".codelens-decoration a", { hasText: /Preview join/i })
      .first()
      .click();
    const preview = await session.panel(".lb-panel table tbody tr");
    await preview
      .getByText(/336,776|\d+,\d+ rows/)
      .first()
      .waitFor({ timeout: 120_000 });
    expect(await preview.locator("tbody tr").count()).toBeGreaterThan(5);
    await session.screenshot("join-preview");
    expect(session.complaints).toEqual([]);
  });
});
