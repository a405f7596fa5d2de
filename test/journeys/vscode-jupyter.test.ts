import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { packStandIn } from "./jupyter-stand-in/pack.ts";
import { notebookOf } from "./notebook-of.ts";
import { buildExtension, startVscode, type VscodeSession } from "./vscode-session.ts";

describe("VS Code with the Jupyter extension", () => {
  let session: VscodeSession;
  beforeAll(async () => {
    session = await startVscode(buildExtension(), { also: [await packStandIn()] });
    const cells = ["import time; time.sleep(0.3)", "x = 1", "time.sleep(0.5); x + 1"];
    for (const name of ["late", "first"])
      writeFileSync(
        join(session.folder, `${name}.ipynb`),
        notebookOf(cells, (at) => `${name}${at}`),
      );
  });
  afterAll(() => session?.stop());
  beforeEach(({ onTestFailed }) => onTestFailed(() => session?.screenshot("failed")));

  const runAll = () =>
    session.page.locator(".notebook-toolbar-container").getByText("Run All").locator("visible=true").click();
  const notification = (text: RegExp) =>
    session.page.locator(".notification-list-item", { hasText: text }).first();
  const status = () =>
    session.page.locator('[id="lookback.lookback.lookback.run"], .statusbar-item', {
      hasText: /run (not )?recorded/,
    });
  const settings = () => readFileSync(join(session.folder, "..", "data", "User", "settings.json"), "utf8");

  it("asks once, in plain words, before it changes a setting, and says that a kernel was seen late", async () => {
    await session.open("late.ipynb");
    const question = notification(/first Run All would not be recorded/);
    await question.waitFor({ timeout: 60_000 });
    await session.screenshot("jupyter-question");
    expect(settings()).not.toContain("runStartupCommands");
    await runAll();
    await notification(/ran before Lookback could see it/).waitFor({ timeout: 120_000 });
    await status().filter({ hasText: "run not recorded" }).first().waitFor();
    await session.screenshot("jupyter-seen-late");
  });

  it("adds one line when told to", async () => {
    await session.command("Notifications: Show Notifications");
    await notification(/first Run All would not be recorded/)
      .getByText("Add the Line")
      .click();
    const done = notification(/One line was added/);
    await done.waitFor();
    await done.getByText("Undo").waitFor();
    await expect.poll(settings).toContain("Lookback: see kernels from their start");
    await session.screenshot("jupyter-line-added");
  });

  it("records the first Run All of a new kernel, whole, as the first of a fresh kernel", async () => {
    await session.open("first.ipynb");
    await runAll();
    await status().filter({ hasText: "run recorded" }).first().waitFor({ timeout: 120_000 });
    const shown = lookback(session.folder, "runs", "--json");
    const [run] = JSON.parse(shown).runs ?? JSON.parse(shown);
    expect(run).toMatchObject({ notebook: "first.ipynb", cellsRun: 3 });
    await session.command("Lookback: Show Last Run");
    const page = await session.panel(".lb-run .lb-cells");
    expect(await page.locator(".lb-run").textContent()).toMatch(/fresh kernel/);
    await session.screenshot("jupyter-first-run");
  });

  it("takes the line back when told to", async () => {
    await session.command("Lookback: Stop Seeing Kernels From Their Start");
    await expect.poll(settings).not.toContain("see kernels from their start");
  });
});

function lookback(folder: string, ...args: readonly string[]): string {
  const root = join(import.meta.dirname, "..", "..");
  expect(existsSync(folder)).toBe(true);
  return execFileSync(process.execPath, [join(root, "lsp-server/service/bin/lookback.mjs"), ...args], {
    cwd: folder,
    encoding: "utf8",
  });
}
