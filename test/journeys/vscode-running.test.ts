import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { notebookOf } from "./notebook-of.ts";
import { buildExtension, startVscode, type VscodeSession } from "./vscode-session.ts";

describe("VS Code, while cells run", () => {
  let session: VscodeSession;
  beforeAll(async () => {
    session = await startVscode(buildExtension());
    const sources = ["started = True", "import time\nwhile True: time.sleep(.1)"];
    writeFileSync(join(session.folder, "endless.ipynb"), notebookOf(sources));
  });
  afterAll(() => session?.stop());
  beforeEach(({ onTestFailed }) => onTestFailed(() => session?.screenshot("failed")));

  const toolbar = (name: string) =>
    session.page.locator(".notebook-toolbar-container").getByText(name).locator("visible=true").first();
  const status = (text: RegExp) => session.page.locator(".statusbar", { hasText: text });
  const runs = () => session.panel(".lb-runs");
  const seenRunning = async () => {
    await status(/running for \d+ (s|min)/).waitFor({ timeout: 60_000 });
    const list = await runs();
    await expect
      .poll(() => list.locator(".lb-runs-waiting").textContent())
      .toMatch(/Running for \d+ (s|min).*endless cell 2, behind 1 cell/);
    return list;
  };

  it("shows an endless cell as running, and records it as interrupted", async () => {
    await session.open("endless.ipynb");
    await session.command("Lookback: Show Runs");
    await runs();
    await toolbar("Run All").click();
    const list = await seenRunning();
    await session.screenshot("running");
    expect(await axeViolations(list, ".lb-runs")).toEqual([]);
    await toolbar("Interrupt").click();
    await expect
      .poll(() => list.locator(".lb-run-row").first().textContent())
      .toMatch(/Interrupted.*2 of 2 cells/);
    await status(/run recorded/).waitFor();
    await expect.poll(() => list.locator(".lb-runs-waiting").count()).toBe(0);
  });

  it("says of a run whose kernel was ended that it was cut off", async () => {
    await toolbar("Run All").click();
    const list = await seenRunning();
    await session.command("Lookback: Restart Kernel");
    await expect
      .poll(() => list.locator(".lb-run-row").first().textContent())
      .toMatch(/Cut off: its kernel went/);
    await expect.poll(() => list.locator(".lb-runs-waiting").count()).toBe(0);
    await session.screenshot("cut-off");
    expect(session.complaints).toEqual([]);
  });
});
