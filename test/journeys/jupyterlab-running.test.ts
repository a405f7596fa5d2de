import { readdirSync } from "node:fs";
import { join } from "node:path";
import { listRuns } from "@lookback/kernel-bridge/ledger/read/list-runs.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { type JupyterLabSession, startJupyterLab } from "./jupyterlab-session.ts";

describe("JupyterLab, while cells run", () => {
  let lab: JupyterLabSession;
  beforeAll(async () => {
    lab = await startJupyterLab();
    await lab.open("late-flight.ipynb");
    await lab.page.locator('[role="tab"][data-id="lookback-runs"]').click();
    await runs().getByText("No runs yet").waitFor();
  });
  afterEach(({ task }) => lab.keepFailure(task));
  afterAll(() => lab?.stop());

  const runs = () => lab.page.locator("#lookback-runs");
  const waiting = () => runs().locator(".lb-runs-waiting");
  const rows = () => runs().locator(".lb-run-row");
  const status = () => lab.page.locator(".lb-status-run");
  /** Runs a source in the first code cell. */
  const run = async (source: string) => {
    await lab.page.locator(".jp-Notebook .jp-CodeCell .cm-content").first().click();
    await lab.page.keyboard.press("Control+a");
    await lab.page.keyboard.insertText(source);
    await lab.page.keyboard.press("Control+Enter");
  };
  const endless = "import time\nwhile True: time.sleep(.1)";
  const seenRunning = async () => {
    await expect
      .poll(() => waiting().textContent(), { timeout: 20_000 })
      .toMatch(/Running for \d+ s.*cell \d/);
    await expect.poll(() => status().textContent()).toMatch(/^running for \d+ s$/);
  };
  const openNewest = async () => {
    await rows().first().click();
    return lab.page.locator("main.lb-run:visible");
  };

  it("shows an endless cell as running, which one and for how long, and records it as interrupted", async () => {
    // A cell that is faster than the observer is not recorded, and said to be so.
    const journals = join(lab.folder, ".git", "lookback", "journal");
    await expect.poll(() => namesIn(journals)).toContainEqual(expect.stringMatching(/\.jsonl$/));
    await run(endless);
    await seenRunning();
    expect(await rows().count()).toBe(0);
    const before = await status().textContent();
    await expect.poll(() => status().textContent()).not.toBe(before);
    expect(await axeViolations(lab.page.mainFrame(), "#lookback-runs")).toEqual([]);
    await lab.screenshot("20-running");
    await lab.menu("Kernel", "Interrupt Kernel");
    await expect.poll(() => rows().count(), { timeout: 20_000 }).toBe(1);
    await expect.poll(() => rows().first().textContent()).toMatch(/Interrupted/);
    await expect.poll(() => waiting().count()).toBe(0);
    await expect.poll(() => status().textContent()).toMatch(/run recorded/);
    await expect
      .poll(async () => (await openNewest()).textContent())
      .toMatch(/Interrupted.*interrupted in cell \d/);
    await lab.screenshot("21-interrupted");
    await lab.page.locator(".lm-TabBar-tab", { hasText: "late-flight.ipynb" }).click();
  });

  it("shows what runs to a page that came later", async () => {
    await run(endless);
    await seenRunning();
    await lab.page.reload();
    await lab.page.locator(".jp-Notebook .jp-CodeCell .cm-content").first().waitFor({ timeout: 90_000 });
    if (!(await runs().isVisible())) await lab.page.locator('[role="tab"][data-id="lookback-runs"]').click();
    await seenRunning();
  });

  it("says of a run that a restart cut off that it did, and goes on with a fresh kernel", async () => {
    await lab.menu("Kernel", "Restart Kernel…");
    await lab.page.locator(".jp-Dialog-button.jp-mod-warn, .jp-Dialog-button.jp-mod-accept").last().click();
    await expect.poll(() => rows().count(), { timeout: 30_000 }).toBe(2);
    await expect.poll(() => rows().first().textContent()).toMatch(/Cut off by a restart/);
    await expect.poll(() => waiting().count()).toBe(0);
    const page = await openNewest();
    await expect.poll(() => page.textContent()).toMatch(/Cut off by a restart.*in cell \d/);
    await lab.screenshot("22-cut-off");
    await lab.page.locator(".lm-TabBar-tab", { hasText: "late-flight.ipynb" }).click();
    await run("1 + 1");
    await expect.poll(() => rows().first().textContent(), { timeout: 20_000 }).toMatch(/1 cell.*ms/);
    expect(await rows().nth(1).textContent()).toMatch(/2 single cells.*2 interrupted/);
    await rows().first().click();
    await expect
      .poll(() => lab.page.locator("main.lb-run:visible").textContent())
      .toMatch(/in a fresh kernel/);
  });

  it("records what others run in the kernel of a renamed notebook under its new name alone", async () => {
    const dock = lab.page.locator("#jp-main-dock-panel");
    await dock.locator(".lm-TabBar-tab", { hasText: "late-flight.ipynb" }).click();
    await lab.menu("File", "Rename Notebook…");
    await lab.page.locator(".jp-Dialog input").fill("renamed.ipynb");
    await lab.page.locator(".jp-Dialog-button.jp-mod-accept").click();
    await dock.locator(".lm-TabBar-tab", { hasText: "renamed.ipynb" }).waitFor();
    await lab.menu("File", "New Console for Notebook");
    const prompt = lab.page.locator(".jp-CodeConsole-input .cm-content");
    await prompt.click();
    await lab.page.keyboard.insertText("41 + 1");
    await lab.page.keyboard.press("Shift+Enter");
    const recorded = async () =>
      (await listRuns(await findStore(lab.folder))).runs.map(({ notebook }) => notebook);
    await expect.poll(async () => (await recorded()).length, { timeout: 30_000 }).toBe(4);
    expect((await recorded())[0]).toBe("renamed.ipynb");
  });

  it("said nothing alarming in the browser's console", () => {
    expect(lab.complaints.filter((text) => /lookback|Lookback/.test(text))).toEqual([]);
  });
});

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
