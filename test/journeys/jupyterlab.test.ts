import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { type JupyterLabSession, startJupyterLab } from "./jupyterlab-session.ts";

describe("JupyterLab, from the first cell to a prediction", () => {
  let lab: JupyterLabSession;
  beforeAll(async () => {
    lab = await startJupyterLab();
  });
  afterEach(({ task }) => lab.keepFailure(task));
  afterAll(() => lab?.stop());

  const runsPanel = () => lab.page.locator("#lookback-runs");
  const newestRun = () => runsPanel().locator(".lb-run-row").first();
  const codeCell = (text: string) => lab.page.locator(".jp-Notebook .jp-CodeCell", { hasText: text }).first();
  const status = () => lab.page.locator(".lb-status");
  const showRuns = async () => {
    if (!(await runsPanel().isVisible()))
      await lab.page.locator('[role="tab"][data-id="lookback-runs"]').click();
    await runsPanel().locator(".lb-run-row").or(runsPanel().getByText("No runs yet")).first().waitFor();
  };
  const recorded = async () => {
    const count = runsPanel().locator(".lb-runs-count");
    return (await count.count()) === 0 ? 0 : Number.parseInt((await count.textContent()) ?? "", 10);
  };
  /** Runs every cell and waits for the run that comes of it. */
  const runAll = async () => {
    await showRuns();
    const before = await recorded();
    await lab.menu("Run", "Run All Cells");
    await expect
      .poll(() => lab.page.locator(".jp-Notebook:visible .jp-InputPrompt", { hasText: "[*]" }).count(), {
        timeout: 200_000,
      })
      .toBe(0);
    await expect.poll(recorded, { timeout: 20_000, interval: 50 }).toBe(before + 1);
  };

  it("opens the demo with nothing flagged and nothing recorded yet", async () => {
    await lab.open("late-flight.ipynb");
    await showRuns();
    await expect.poll(() => runsPanel().textContent()).toMatch(/No runs yet/);
    expect(await lab.page.locator(".lb-leak").count()).toBe(0);
    await lab.screenshot("1-demo");
  });

  it("records a run of all cells when they have run, shows it whole and restores it", async () => {
    await runAll();
    await expect.poll(() => newestRun().textContent()).toMatch(/(AUC|average precision) 0\.\d\d\d\d/);
    await expect.poll(() => status().textContent()).toMatch(/run recorded/);
    await lab.screenshot("2-run-recorded");
    await newestRun().click({ button: "right" });
    await lab.page.locator(".lm-Menu-item", { hasText: "Open Run" }).click();
    const page = lab.page.locator("main.lb-run");
    await expect.poll(() => page.textContent()).toMatch(/flights\.parquet/);
    const text = (await page.textContent()) ?? "";
    expect(text).toMatch(/weather\.parquet/);
    expect(text).toMatch(/Pipeline|HistGradientBoosting/);
    await page.locator(".lb-run-output").first().waitFor();
    await lab.screenshot("3-run-page");
    for (const panel of ["#lookback-runs", "main.lb-run"])
      expect(await axeViolations(lab.page.mainFrame(), panel)).toEqual([]);
    await page.getByRole("button", { name: "Restore notebook" }).click();
    await lab.page.locator(".jp-Notebook:visible .jp-CodeCell").first().waitFor();
    await lab.screenshot("4-restored");
  });

  it("records one cell alone, and an error as an error", async () => {
    await lab.open("late-flight.ipynb");
    await showRuns();
    const cell = codeCell("import");
    await cell.locator(".cm-content").click();
    await lab.page.keyboard.press("Control+Enter");
    await expect.poll(() => newestRun().textContent(), { timeout: 30_000 }).toMatch(/1 cell/);
    await cell.locator(".cm-content").click();
    await lab.page.keyboard.press("Control+End");
    await lab.page.keyboard.type("\n1 / 0");
    await lab.page.keyboard.press("Control+Enter");
    await expect.poll(() => newestRun().textContent(), { timeout: 30_000 }).toMatch(/ZeroDivisionError/);
    await undo(cell, 6);
  });

  it("records what another client of the kernel ran", async () => {
    const before = await recorded();
    await lab.page.evaluate(async (code) => {
      const path = `${location.origin}/api/kernels`;
      const [{ id }] = await (await fetch(path)).json();
      const socket = new WebSocket(`${path.replace("http", "ws")}/${id}/channels`);
      await new Promise((resolve) => {
        socket.onopen = resolve;
      });
      const header = { msg_id: "other-1", session: "another", username: "", version: "5.3", date: "" };
      const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
      socket.send(
        JSON.stringify({
          header: { ...header, msg_type: "execute_request" },
          parent_header: {},
          metadata: {},
          content,
          channel: "shell",
        }),
      );
      await new Promise((resolve) => {
        socket.onmessage = ({ data }) => {
          const { header, parent_header } = JSON.parse(data);
          if (header.msg_type === "execute_reply" && parent_header.msg_id === "other-1") resolve(null);
        };
      });
      socket.close();
    }, 'open("theirs.csv", "w").write("a")');
    await expect.poll(recorded, { timeout: 20_000, interval: 50 }).toBe(before + 1);
    await expect.poll(() => newestRun().textContent()).toMatch(/1 dataset/);
  });

  it("completes and describes feature definitions", async () => {
    const cell = codeCell("FileSource(");
    await cell.locator(".cm-line", { hasText: 'timestamp_field="departed_at"' }).click();
    await lab.page.keyboard.press("End");
    await lab.page.keyboard.type(" crea");
    await lab.page.keyboard.press("Tab");
    await expect
      .poll(() => lab.page.locator(".jp-Completer").textContent(), { timeout: 15_000 })
      .toMatch(/created_timestamp_column/);
    await lab.screenshot("5-completion");
    await lab.page.keyboard.press("Escape");
    await undo(cell, 5);
    await codeCell("TrainingSet(").locator(".cm-line", { hasText: "origin_weather:temp" }).hover();
    await lab.page.getByText("origin_weather:temp").first().hover();
    await expect
      .poll(() => lab.page.locator(".lb-hover-box").textContent(), { timeout: 10_000 })
      .toMatch(/temp/);
    await lab.screenshot("6-hover");
  });

  it("underlines the leaks of the leaky notebook, says why, and fixes one", async () => {
    await lab.open("late-flight-leaky.ipynb");
    await expect.poll(() => status().textContent(), { timeout: 15_000 }).toMatch(/[3-9] leaks/);
    await runAll();
    await expect.poll(() => newestRun().textContent()).toMatch(/not comparable/);
    const leak = codeCell("fit_transform").locator(".lb-leak").first();
    await leak.hover();
    const tooltip = lab.page.locator(".cm-tooltip-lint");
    await expect.poll(() => tooltip.textContent()).toMatch(/scaler-before-split/);
    await lab.screenshot("7-leaks-light");
    await lab.page.mouse.move(5, 5);
    await lab.theme("JupyterLab Dark");
    await leak.hover();
    await tooltip.waitFor();
    await lab.screenshot("7-leaks-dark");
    await lab.theme("JupyterLab Light");
    const before = await leaks(status());
    await leak.click();
    await lab.page.locator(".lb-lightbulb").click();
    await lab.page.locator(".lb-fix-menu .lm-Menu-item").first().click();
    await expect.poll(() => leaks(status()), { timeout: 10_000 }).toBeLessThan(before);
    await lab.screenshot("8-fixed");
    // A suggestion is shown first, and one step of undo takes it back.
    const left = await leaks(status());
    await codeCell('"dep_delay"').locator(".lb-leak").first().click();
    await lab.page.locator(".lb-lightbulb").click();
    await lab.page.locator(".lb-fix-menu .lm-Menu-item").first().click();
    const look = lab.page.locator(".jp-Dialog .lb-look-first");
    await expect.poll(() => look.textContent()).toMatch(/dep_delay/);
    await lab.screenshot("8-look-first");
    expect(await leaks(status())).toBe(left);
    await lab.page.locator(".jp-Dialog .jp-mod-accept").click();
    await expect.poll(() => leaks(status()), { timeout: 10_000 }).toBeLessThan(left);
  });

  it("previews the join in the page, over the real files", async () => {
    await lab.open("late-flight.ipynb");
    const lens = lab.page.locator(".lb-lens button", { hasText: "Preview join" }).first();
    await lens.click();
    const panel = lab.page.locator('[id^="lookback-join"]');
    await expect
      .poll(() => panel.textContent(), { timeout: 90_000 })
      .toMatch(/Without the point-in-time join/);
    expect(await axeViolations(lab.page.mainFrame(), ".lb-join")).toEqual([]);
    await panel.getByText("1 Jan 08:15").first().click();
    await panel.getByText("39.02").first().click();
    await expect.poll(() => panel.innerText(), { timeout: 60_000 }).toMatch(/Why is\s+temp/);
    await expect.poll(() => panel.innerText(), { timeout: 60_000 }).toMatch(/picked/);
    await lab.screenshot("9-join-light");
    await lab.theme("JupyterLab Dark");
    await lab.screenshot("9-join-dark");
    expect(await axeViolations(lab.page.mainFrame(), ".lb-join")).toEqual([]);
    await lab.theme("JupyterLab Light");
  });

  it("publishes, serves a prediction that names its version and run, and rolls back", async () => {
    await lab.open("late-flight.ipynb");
    await runAll();
    await lab.menu("File", "Save Notebook");
    const publishVersion = async (version: number) => {
      await lab.page.locator('[data-jp-item-name="lookback-publish"]:visible').click();
      const panel = lab.page.locator('[id^="lookback-publish"]:visible');
      const button = panel.getByRole("button", { name: `Publish version ${version}` });
      const again = panel.getByRole("button", { name: "Publish again" });
      await button.or(again).first().waitFor({ timeout: 60_000 });
      if (await again.isVisible()) await again.click();
      await button.waitFor({ timeout: 60_000 });
      await lab.screenshot(`10-publish-${version}-before`);
      await button.click();
      const outcome = panel.locator(".lb-publish-outcome");
      await outcome.waitFor({ timeout: 240_000 });
      await lab.screenshot(`10-publish-${version}-after`);
      expect(await outcome.textContent()).toMatch(new RegExp(`version ${version} is live`));
      expect(await axeViolations(lab.page.mainFrame(), ".lb-publish")).toEqual([]);
    };
    await publishVersion(1);
    const release = join(lab.folder, "deploy", "late-flight", "1", "pipeline.json");
    expect(JSON.parse(readFileSync(release, "utf8"))).toBeTypeOf("object");

    await lab.menu("Lookback", "Show Deployments");
    const panel = lab.page.locator("#lookback-deployments");
    const ask = async () => {
      await panel.getByRole("button", { name: "Send a test" }).click();
      await panel.getByRole("button", { name: "Send", exact: true }).click();
    };
    await ask();
    await expect.poll(() => panel.textContent(), { timeout: 30_000 }).toMatch(/version 1/);
    await lab.screenshot("11-deployed-light");
    await lab.theme("JupyterLab Dark");
    await lab.screenshot("11-deployed-dark");
    expect(await axeViolations(lab.page.mainFrame(), "#lookback-deployments")).toEqual([]);
    await lab.theme("JupyterLab Light");

    await lab.page.locator(".lm-TabBar-tab", { hasText: "late-flight.ipynb" }).click();
    await runAll();
    await lab.menu("File", "Save Notebook");
    await publishVersion(2);
    await lab.menu("Lookback", "Show Deployments");
    await panel.getByRole("button", { name: "Roll back to 1" }).click();
    await panel.getByRole("button", { name: "Return to 2" }).waitFor({ timeout: 30_000 });
    await lab.screenshot("12-rolled-back");
  });

  it("said nothing alarming in the browser's console", () => {
    expect(lab.complaints.filter((text) => /lookback|Lookback/.test(text))).toEqual([]);
  });

  const undo = async (cell: Locator, times: number) => {
    await cell.locator(".cm-content").click();
    for (let count = 0; count < times; count += 1) await lab.page.keyboard.press("Control+z");
  };
});

async function leaks(status: Locator): Promise<number> {
  return Number(/(\d+) leaks?/.exec((await status.textContent()) ?? "")?.[1] ?? 0);
}
