import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { buildExtension, startVscode, type VscodeSession } from "./vscode-session.ts";
import { recordTwentyRuns } from "./weather-runs.ts";

describe("VS Code, twenty runs", () => {
  let session: VscodeSession;
  let best = "";
  beforeAll(async () => {
    session = await startVscode(buildExtension());
    best = await recordTwentyRuns(session.folder);
  });
  afterAll(() => session?.stop());
  beforeEach(({ onTestFailed }) => onTestFailed(() => session?.screenshot("failed")));

  const runs = () => session.panel(".lb-runs .lb-run-row");
  const notebooks = () => readdirSync(session.folder).filter((name) => name.endsWith(".ipynb"));
  /** Sorts by the score, so that the best run stands first. */
  const sorted = async (): Promise<Frame> => {
    const list = await runs();
    await list.locator(".lb-runs-sort select").selectOption("roc_auc_score");
    await expect.poll(() => list.locator(".lb-run-row").first().textContent()).toMatch(/AUC 0\.9000/);
    return list;
  };

  it("finds the best of twenty, and compares it with the next", async () => {
    await session.command("Lookback: Show Runs");
    const list = await runs();
    await list.getByText("20 runs", { exact: true }).first().waitFor();
    await sorted();
    const rows = list.locator(".lb-run-row");
    expect(await rows.first().getAttribute("data-run-id")).toBe(best);
    expect(await rows.first().textContent()).toMatch(/deployed/);
    await session.screenshot("twenty");
    expect(await axeViolations(list, ".lb-runs")).toEqual([]);
    await rows.nth(0).click({ modifiers: ["Control"] });
    await rows.nth(1).click({ modifiers: ["Control"] });
    await list.getByRole("button", { name: "Compare 2 runs" }).click();
    const compare = await session.panel(".lb-compare .lb-tabs");
    expect(await compare.locator("h1").textContent()).toMatch(/^Same code in 3 of 4 cells.*AUC [+−]0\.01/);
    await list.getByRole("button", { name: "Clear", exact: true }).click();
  });

  it("narrows twenty to those that are asked for", async () => {
    const list = await runs();
    const filter = list.getByRole("searchbox", { name: "Filter runs" });
    await filter.fill("auc > 0.885");
    await expect.poll(() => list.locator(".lb-runs-count").textContent()).toBe("3 of 20 runs");
    await filter.fill("is:live");
    await expect.poll(() => list.locator(".lb-runs-count").textContent()).toBe("1 of 20 runs");
    await filter.fill("");
  });

  it("shows the best run, gives its notebook back beside the other, and runs it again", async () => {
    const list = await sorted();
    await list.locator(".lb-run-row").first().click();
    const page = await session.panel(".lb-run .lb-cells");
    expect(await page.locator("h1").textContent()).toMatch(/^AUC 0\.9000 from delays\.csv/);
    await page.getByRole("button", { name: "Reproduce" }).click();
    const verdict = page.getByRole("region", { name: "Reproduction" });
    await verdict.waitFor({ timeout: 120_000 });
    await expect.poll(() => verdict.textContent()).toMatch(/^reproducedIdentical: 4 of 4 cells/);
    await session.screenshot("reproduced");
    expect(await axeViolations(page, ".lb-run")).toEqual([]);
    const before = notebooks();
    await page.getByRole("button", { name: "Restore notebook" }).click();
    await expect.poll(() => notebooks().length, { timeout: 60_000 }).toBe(before.length + 1);
    const [restored = ""] = notebooks().filter((name) => !before.includes(name));
    expect(readFileSync(join(session.folder, restored), "utf8")).toContain("threshold = 13");
    expect(readFileSync(join(session.folder, "sweep.ipynb"), "utf8")).toContain("threshold = 20");
    await session.page.locator(`.tab.active[aria-label^="${restored}"]`).waitFor();
  });

  it("does not delete what a deployment rests on, and deletes and brings back what it does not", async () => {
    const { page } = session;
    const list = await sorted();
    const choose = async (row: number) => {
      await list.locator(".lb-run-row").nth(row).click({ button: "right" });
      await session.choose("Delete");
    };
    await choose(0);
    await page
      .getByText(/Nothing was deleted: sweep@1 rests on this run/)
      .first()
      .waitFor();
    expect(await list.locator(".lb-runs-count").textContent()).toBe("20 runs");
    await choose(1);
    await page
      .getByText(/Run \w{6} is deleted/)
      .first()
      .waitFor();
    await expect.poll(() => list.locator(".lb-runs-count").textContent()).toBe("19 runs");
    await page.getByRole("button", { name: "Bring back" }).click();
    await expect.poll(() => list.locator(".lb-runs-count").textContent()).toBe("20 runs");
  });

  it("adds a remote, pushes the runs there, and fetches what is new", async () => {
    const { page } = session;
    const shared = mkdtempSync(join(tmpdir(), "lookback-shared-"));
    await session.command("Lookback: Push Runs");
    await page
      .getByText(/This workspace has no remote yet/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Add remote" }).click();
    for (const [asks, text] of [
      ["Name of the remote", "team"],
      ["Address of the remote", shared],
    ] as const) {
      const box = page.locator(".quick-input-widget", { hasText: asks });
      await box.locator("input").fill(text);
      await page.keyboard.press("Enter");
    }
    await page
      .getByText(/\d+ records and \d+ data files .* sent to team/)
      .first()
      .waitFor();
    await session.screenshot("pushed");
    await session.command("Lookback: Pull Runs");
    await page.getByText("Nothing new fetched from team.").first().waitFor();
    rmSync(shared, { recursive: true, force: true });
    expect(session.complaints).toEqual([]);
  });

  it("draws it in the dark, and in little room", async () => {
    await session.command("Preferences: Toggle between Light/Dark Themes");
    await session.page.locator(".monaco-workbench.vs-dark").waitFor();
    await session.page.locator(".tab", { hasText: /^Run / }).first().click();
    await session.screenshot("twenty-dark");
    await session.page.setViewportSize({ width: 820, height: 900 });
    await session.screenshot("twenty-narrow");
  });
});
