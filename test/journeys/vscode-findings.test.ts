import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { writeTyped } from "./typed-notebook.ts";
import { buildExtension, startVscode, type VscodeSession } from "./vscode-session.ts";

describe("VS Code, from a leak that is typed to one that is fixed or allowed", () => {
  let session: VscodeSession;
  let explained: Frame;
  beforeAll(async () => {
    session = await startVscode(buildExtension());
    writeTyped(session.folder);
  });
  afterAll(() => session?.stop());
  beforeEach(({ onTestFailed }) => onTestFailed(() => session?.screenshot("findings-failed")));

  const marks = ".squiggly-error, .squiggly-warning";
  const text = () => explained.locator("main.lb-explain").textContent();
  /** Takes an entry of the lightbulb's menu on a line. */
  const fix = async (cell: string, line: string, entry: string | RegExp) => {
    const found = await session.cell(cell);
    await found.locator(".view-line", { hasText: line }).click();
    await session.act(entry);
  };

  it("marks a leak as it is typed, and keeps it while a line is half typed", async () => {
    const { page } = session;
    await session.open("typed.ipynb");
    const cell = await session.cell("scaler = StandardScaler()");
    await cell.locator(".view-line").first().click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nX_scaled = scaler.fit_transform(X)");
    await cell.locator(marks).first().waitFor({ timeout: 60_000 });
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("End");
    await page.keyboard.type("\nfor row in");
    await page.locator(".statusbar", { hasText: "◇ 1 leak" }).waitFor();
    await expect.poll(() => cell.locator(".squiggly-info").count()).toBeGreaterThan(0);
    expect(await cell.locator(marks).count()).toBeGreaterThan(0);
    for (let typed = 0; typed < "\nfor row in".length; typed++) await page.keyboard.press("Backspace");
    await expect.poll(() => cell.locator(".view-line").count()).toBe(2);
  });

  it("says it among the problems: whose, which rule, and where it leads", async () => {
    const { page } = session;
    await session.command("Lookback: Show Findings");
    const problems = page.locator(".markers-panel");
    const row = problems.locator(".monaco-list-row", { hasText: "scaler-before-split" });
    await row.first().waitFor();
    expect(await row.first().textContent()).toMatch(/lookback\(?scaler-before-split/);
    await row.first().click();
    await page.keyboard.press("ArrowRight");
    await problems.locator(".monaco-list-row", { hasText: /cell 4: train_test_split/ }).waitFor();
    await session.screenshot("problems");
    await session.command("View: Close Panel");
  });

  it("explains it: each stop of its path goes to its cell and line", async () => {
    await fix("scaler = StandardScaler()", "fit_transform", "Explain scaler-before-split");
    explained = await session.panel("main.lb-explain .lb-path");
    await expect.poll(text).toMatch(/1 of 7 cells was not read/);
    await explained.locator(".lb-primary").waitFor();
    expect(await explained.locator(".lb-path button").count()).toBe(4);
    await session.screenshot("explained");
    expect(await axeViolations(explained, ".lb-explain")).toEqual([]);
    await explained.locator(".lb-path button").last().click();
    const { page } = session;
    await page
      .locator(".code-cell-row.focused, .code-cell-row:focus-within", { hasText: "roc_auc_score(y_test" })
      .waitFor();
    expect(await page.locator(".tab", { hasText: "typed.ipynb" }).count()).toBe(1);
  });

  it("fixes it, and one step of undo brings it back", async () => {
    const { page } = session;
    await explained.locator(".lb-primary").click();
    await expect.poll(text).toMatch(/Not found any more/);
    await session.screenshot("explained-fixed");
    const split = await session.cell("train_test_split(X");
    await split.locator(".view-line").first().click();
    await page.keyboard.press("Control+z");
    await expect.poll(text).toMatch(/Instead:/);
    await split.locator(".view-line", { hasText: "X_scaled," }).waitFor();
  });

  it("allows it with a reason", async () => {
    await explained.getByRole("button", { name: "Allow here…" }).click();
    await explained.getByLabel(/Why is scaler-before-split right here/).fill("the paper does so");
    await explained.getByRole("button", { name: "Allow", exact: true }).click();
    await expect.poll(text).toMatch(/Allowed by a comment/);
    const comment = await session.cell("# lookback: allow scaler-before-split — the paper does so");
    await comment.locator(".view-line").first().click();
    await session.page.keyboard.press("Control+s");
    await session.command("View: Close All Editors");
    await session.page.locator(".tab").first().waitFor({ state: "detached" });
  });

  it("finds what is at the cursor from the palette, and shows a change of more than the leak first", async () => {
    const { page } = session;
    await session.open("late-flight-leaky.ipynb");
    const features = await session.cell('"dep_delay"');
    await features.locator(marks).first().waitFor({ timeout: 60_000 });
    await features.locator(".view-line", { hasText: "dep_delay" }).click();
    await session.command("Lookback: Explain This Finding");
    explained = await session.panel("main.lb-explain:has-text('outcome-proxy')");
    await explained.locator(".lb-primary").click();
    await explained.locator(".lb-explain-preview", { hasText: "dep_delay" }).waitFor();
    await session.screenshot("explained-suggestion");
    await explained.getByRole("button", { name: "Leave it" }).click();
    // The lightbulb's way to the same change is VS Code's own preview.
    await fix('"dep_delay"', "dep_delay", /Drop dep_delay/);
    await page.getByText("Refactor Preview").first().waitFor();
    const taken = page.locator(".bulk-edit-panel .edit-checkbox").first();
    await taken.waitFor();
    await session.screenshot("refactor-preview");
    expect(await text()).toMatch(/dep_delay is an input/);
    await taken.click();
    await page.getByRole("button", { name: "Apply", exact: true }).click();
    await expect.poll(text).toMatch(/Not found any more/);
  });

  it("follows the theme into the dark and into high contrast", async () => {
    const { page } = session;
    await session.command("Lookback: Next Finding");
    await page.locator(".statusbar", { hasText: "Cell 6 of 10" }).waitFor();
    await session.command("Lookback: Explain This Finding");
    explained = await session.panel("main.lb-explain .lb-path");
    await session.command("Preferences: Toggle between Light/Dark Themes");
    await page.locator(".monaco-workbench.vs-dark").waitFor();
    await session.screenshot("explained-dark");
    expect(await axeViolations(explained, ".lb-explain")).toEqual([]);
    const settings = { "workbench.colorTheme": "Default High Contrast" };
    mkdirSync(join(session.folder, ".vscode"));
    writeFileSync(join(session.folder, ".vscode", "settings.json"), JSON.stringify(settings));
    await page.locator(".monaco-workbench.hc-black").waitFor();
    await session.screenshot("explained-high-contrast");
    expect(await axeViolations(explained, ".lb-explain")).toEqual([]);
    expect(session.complaints).toEqual([]);
  });
});
