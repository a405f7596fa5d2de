import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { buildExtension, startVscode, type VscodeSession } from "./vscode-session.ts";

describe("VS Code", () => {
  let session: VscodeSession;
  beforeAll(async () => {
    session = await startVscode(buildExtension());
  });
  afterAll(() => session?.stop());
  beforeEach(({ onTestFailed }) => onTestFailed(() => session?.screenshot("failed")));

  it("underlines the leak, says why, and offers the fix", async () => {
    const { page } = session;
    await session.open("late-flight-leaky.ipynb");
    const scaling = await session.cell("fit_transform");
    await scaling.locator(".squiggly-error, .squiggly-warning").first().waitFor({ timeout: 60_000 });

    await scaling.locator(".view-line span", { hasText: "fit_transform" }).last().hover();
    const hover = page.locator(".monaco-hover:visible", { hasText: /test rows/ });
    await hover.first().waitFor({ timeout: 30_000 });
    await session.screenshot("finding");
    await hover.locator("a.code-link").first().click();
    await session.panel("h1:has-text('Fitted before the split')");
    await session.screenshot("rule-page");
    await session.open("late-flight-leaky.ipynb");
    await session.cell("fit_transform");

    await scaling.locator(".view-line", { hasText: "fit_transform" }).click();
    await page.keyboard.press("Control+.");
    const fixes = page.locator(".action-widget .monaco-list-row");
    await fixes.first().waitFor({ timeout: 30_000 });
    await session.screenshot("quick-fix");
    expect(await fixes.allInnerTexts()).toContainEqual(
      expect.stringMatching(/split|pipeline|training rows/i),
    );
    await fixes.filter({ hasText: "Allow scaler-before-split here…" }).first().click();
    const reason = page.locator(".quick-input-widget input");
    await reason.waitFor();
    await reason.fill("only a demonstration");
    await session.screenshot("why-allowed");
    await page.keyboard.press("Enter");
    const comment = scaling.locator(".view-line", {
      hasText: /allow.scaler-before-split.—.only.a.demonstration/,
    });
    await comment.waitFor();
    await session.screenshot("allowed");
    await scaling.locator(".view-line", { hasText: "fit_transform" }).click();
    await page.keyboard.press("Control+z");
    await expect.poll(() => comment.count()).toBe(0);
    await page.locator(".statusbar", { hasText: /◇ \d+ leaks?/ }).waitFor();
  });

  it("goes by lookback.toml as it is written, and says in it what is wrong", async () => {
    const { page } = session;
    const scaling = await session.cell("fit_transform");
    const file = join(session.folder, "lookback.toml");
    writeFileSync(file, '[lint]\nprofil = "quiet"\n[lint.rules]\nscaler-before-split = "off"\n');
    await expect.poll(() => scaling.locator(".squiggly-error, .squiggly-warning").count()).toBe(0);
    await page.keyboard.press("Control+p");
    await page.locator(".quick-input-widget input").fill("lookback.toml");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "lookback.toml" }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".tab.active[aria-label^='lookback.toml']").waitFor();
    await page.locator(".editor-instance .squiggly-warning").first().waitFor();
    await session.screenshot("settings-file");
    await session.command("View: Close Editor");
    rmSync(file);
    await session.open("late-flight-leaky.ipynb");
    const again = await session.cell("fit_transform");
    await again.locator(".squiggly-error, .squiggly-warning").first().waitFor();
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
    const typed = definition.locator(".view-line", { hasText: '"origin_weather:"' });
    for (let undone = 0; undone < 20 && (await typed.count()) > 0; undone++) {
      await page.keyboard.press("Control+z");
    }
    expect(await typed.count()).toBe(0);
  });

  it("runs a notebook in its own kernel and lists the run", { timeout: 600_000 }, async () => {
    const { page } = session;
    await page.locator(".notebook-toolbar-container").getByText("Run All").locator("visible=true").click();
    await session.command("Lookback: Show Runs");
    const runs = await session.panel(".lb-runs");
    const row = runs.locator(".lb-run-row", { hasText: "late-flight" }).first();
    await row.waitFor({ timeout: 500_000 });
    expect(await row.textContent()).toMatch(/(AUC|average precision) 0\.\d{4}/);
    await page.locator(".statusbar", { hasText: "run recorded" }).waitFor();
    await session.screenshot("runs");
    expect(await axeViolations(runs, ".lb-runs")).toEqual([]);

    await row.click();
    const runPage = await session.panel(".lb-run .lb-cells");
    expect(await runPage.locator(".lb-run h1").textContent()).toMatch(/0\.\d{4} from .+\.parquet/);
    await runPage.locator(".lb-cells", { hasText: "late_flights = TrainingSet(" }).waitFor();
    await session.screenshot("run");
    expect(await axeViolations(runPage, ".lb-run")).toEqual([]);

    const before = notebooksIn(session.folder);
    await runPage.getByRole("button", { name: "Restore notebook" }).click();
    await expect.poll(() => notebooksIn(session.folder).length, { timeout: 60_000 }).toBe(before.length + 1);
    const [restored] = notebooksIn(session.folder).filter((name) => !before.includes(name));
    await page.locator(`.tab.active[aria-label^="${restored}"]`).waitFor();
  });

  it("publishes from the notebook and serves a prediction", { timeout: 400_000 }, async () => {
    const { page } = session;
    await session.open("late-flight.ipynb");
    await page.locator(".notebook-toolbar-container").getByText("Publish…").locator("visible=true").click();
    const publish = await session.panel(".lb-publish");
    await publish.getByRole("button", { name: "Publish version 1" }).click();
    const outcome = publish.locator(".lb-publish-outcome");
    await outcome.waitFor({ timeout: 240_000 });
    expect(await outcome.textContent()).toMatch(/version 1 is live/);
    await session.screenshot("publish");
    expect(await axeViolations(publish, ".lb-publish")).toEqual([]);

    await publish.getByRole("button", { name: "Open deployments" }).click();
    const deployments = await session.panel(".lb-deploy");
    await deployments.getByRole("button", { name: "Send a test" }).click();
    await deployments.getByRole("button", { name: "Send", exact: true }).click();
    await deployments.locator(".lb-deploy-requests tbody tr").first().waitFor({ timeout: 60_000 });
    await session.screenshot("deployments");
    expect(await axeViolations(deployments, ".lb-deploy")).toEqual([]);
  });

  it("previews the join above its training set", { timeout: 400_000 }, async () => {
    const { page } = session;
    await session.open("late-flight.ipynb");
    await session.cell("late_flights = TrainingSet(");
    const lens = page.locator(".codelens-decoration a", { hasText: /Preview join/i });
    await lens.locator("visible=true").first().click();
    const preview = await session.panel(".lb-join");
    await preview.getByText("336,776").first().waitFor({ timeout: 300_000 });
    await expect.poll(() => preview.locator("tbody tr").count(), { timeout: 60_000 }).toBeGreaterThan(5);
    await session.screenshot("join-preview");
  });

  it("follows the theme into the dark", async () => {
    const { page } = session;
    await session.command("Preferences: Toggle between Light/Dark Themes");
    await page.locator(".monaco-workbench.vs-dark").waitFor();
    const preview = await session.panel(".lb-join tbody tr");
    const ground = await preview
      .locator(".lb-join")
      .evaluate((panel) => getComputedStyle(panel).backgroundColor);
    expect(brightness(ground)).toBeLessThan(60);
    await session.screenshot("join-preview-dark");
    await session.command("Lookback: Show Runs");
    await page.locator(".tab", { hasText: /^Run / }).click();
    await session.screenshot("run-dark");
    await session.open("late-flight-leaky.ipynb");
    await session.cell("fit_transform");
    await session.screenshot("finding-dark");
    expect(session.complaints).toEqual([]);
  });
});

function notebooksIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
}

/** Of `rgb(r, g, b)`: 0 is black, 255 white. */
function brightness(color: string): number {
  const [red = 0, green = 0, blue = 0] = color.match(/\d+/g)?.map(Number) ?? [];
  return (red + green + blue) / 3;
}
