import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { type JupyterLabSession, startJupyterLab } from "./jupyterlab-session.ts";
import { writeTyped } from "./typed-notebook.ts";

const leak = "X_scaled = scaler.fit_transform(X)";
const half = "\nfor row in";

describe("JupyterLab, from a leak that is typed to one that is fixed or allowed", () => {
  let lab: JupyterLabSession;
  beforeAll(async () => {
    lab = await startJupyterLab();
    writeTyped(lab.folder);
  });
  afterEach(({ task }) => lab.keepFailure(task));
  afterAll(() => lab?.stop());

  const list = () => lab.page.locator("main.lb-leaks");
  const explained = () => lab.page.locator("main.lb-explain");
  const rows = () => list().locator(".lb-leaks-row");
  const status = () => lab.page.locator(".lb-status-lint");
  const codeCell = (text: string) =>
    lab.page.locator(".jp-Notebook:visible .jp-CodeCell", { hasText: text }).first();
  const cursorCell = () => lab.page.locator(".jp-Notebook:visible .jp-Cell.jp-mod-active");
  const say = async (selector: string, name: string) => {
    for (const theme of ["JupyterLab Dark High Contrast", "JupyterLab Dark", "JupyterLab Light"] as const) {
      await lab.theme(theme);
      await lab.screenshot(`${name}-${theme.replace("JupyterLab ", "").replaceAll(" ", "-").toLowerCase()}`);
      expect(await axeViolations(lab.page.mainFrame(), selector)).toEqual([]);
    }
  };

  it("says of a notebook without a leak only what was read", async () => {
    await lab.open("typed.ipynb");
    await lab.menu("Lookback", "Show Findings");
    await expect
      .poll(() => list().textContent(), { timeout: 30_000 })
      .toMatch(/No leak found in what was read: 5 of 7 cells\..*◐2 of 7 cells were not read/);
    await list().locator("summary", { hasText: "not read" }).click();
    await list().getByRole("button", { name: "cell 7, line 1" }).click();
    await expect.poll(() => cursorCell().textContent()).toMatch(/%run notes/);
    await lab.screenshot("findings-none");
  });

  it("lists a leak as it is typed, and keeps it while a line is half typed", async () => {
    const cell = codeCell("scaler = StandardScaler()");
    await cell.locator(".cm-content").click();
    await lab.page.keyboard.press("Control+End");
    await lab.page.keyboard.type(`\n${leak}`);
    await expect.poll(() => rows().count()).toBe(1);
    await expect.poll(() => status().textContent()).toMatch(/1 leak$/);
    await cell.locator(".lb-leak").waitFor();
    // Whatever is shown meanwhile: it never goes.
    await list().evaluate((element) => {
      const watch = () => {
        if (element.querySelector(".lb-leaks-row") === null) element.setAttribute("data-flickered", "");
      };
      new MutationObserver(watch).observe(element, { childList: true, subtree: true });
    });
    await lab.page.keyboard.press("ArrowUp");
    await lab.page.keyboard.press("End");
    await lab.page.keyboard.type(half);
    await expect.poll(() => list().textContent()).toMatch(/5 of 7 cells|and parts of 1/);
    expect(await cell.locator(".lb-leak").count()).toBe(1);
    for (let typed = 0; typed < half.length; typed++) await lab.page.keyboard.press("Backspace");
    await expect.poll(() => list().textContent()).toMatch(/1 leak in what was read: 6 of 7 cells/);
    expect(await list().getAttribute("data-flickered")).toBeNull();
    await say("main.lb-leaks", "findings");
  });

  it("explains it: each stop of its path goes to its cell and line", async () => {
    await rows().getByRole("button", { name: "Explain" }).click();
    await expect.poll(() => explained().textContent()).toMatch(/scaler-before-split.*Instead:/);
    await explained().getByRole("button", { name: /split/i }).first().waitFor();
    const stops = explained().locator(".lb-path button");
    expect(await stops.count()).toBe(4);
    await explained().locator(".lb-primary").waitFor();
    await say("main.lb-explain", "finding");
    await stops.last().click();
    await expect.poll(() => cursorCell().textContent()).toMatch(/print\(roc_auc_score/);
    await explained().getByRole("button", { name: "scaler-before-split" }).click();
    await lab.page.locator(".lb-rule-page").getByRole("heading").first().waitFor();
    await lab.page.locator(".lm-TabBar-tabCloseIcon:visible").last().click();
  });

  it("draws the same path in the editor, with a way to the explanation", async () => {
    const mark = codeCell("scaler = StandardScaler()").locator(".lb-leak").first();
    await mark.hover();
    const tooltip = lab.page.locator(".cm-tooltip-lint");
    await tooltip.locator(".lb-path").waitFor();
    await tooltip.getByRole("button", { name: "Explain scaler-before-split" }).waitFor();
    await lab.screenshot("finding-tooltip");
    expect(await axeViolations(lab.page.mainFrame(), ".cm-tooltip-lint")).toEqual([]);
    await tooltip.locator(".lb-path button").nth(2).click();
    await expect.poll(() => cursorCell().textContent()).toMatch(/LogisticRegression\(\)\.fit/);
    await mark.hover();
    await tooltip.getByRole("button", { name: "Explain scaler-before-split" }).click();
    await lab.page.locator(".lm-TabBar-tab.lm-mod-current", { hasText: "Finding: scaler" }).waitFor();
  });

  it("fixes it, and one step of undo brings it back", async () => {
    await lab.page.locator(".lm-TabBar-tab", { hasText: "Finding: scaler-before-split" }).click();
    await explained().locator(".lb-primary").click();
    await expect.poll(() => explained().textContent()).toMatch(/Not found any more/);
    await expect.poll(() => list().textContent()).toMatch(/No leak found in what was read/);
    await lab.screenshot("finding-fixed");
    await codeCell("train_test_split(X").locator(".cm-content").click();
    await lab.page.keyboard.press("Control+z");
    await expect.poll(() => explained().textContent()).toMatch(/Instead:/);
    await expect.poll(() => rows().count()).toBe(1);
  });

  it("allows it with a reason, and counts it no more", async () => {
    await explained().getByRole("button", { name: "Allow here…" }).click();
    const reason = explained().getByLabel(/Why is scaler-before-split right here/);
    expect(await explained().getByRole("button", { name: "Allow", exact: true }).isDisabled()).toBe(true);
    await reason.fill("the paper does so");
    await lab.screenshot("finding-allow");
    await lab.page.keyboard.press("Enter");
    await expect.poll(() => explained().textContent()).toMatch(/Allowed by a comment/);
    await expect.poll(() => list().textContent()).toMatch(/No leak found.*1 finding is allowed by a comment/);
    expect(await codeCell("scaler = StandardScaler()").textContent()).toMatch(
      /# lookback: allow scaler-before-split — the paper does so/,
    );
  });

  it("shows a change of more than the leak before it is made, and goes from one finding to the next", async () => {
    await lab.open("late-flight-leaky.ipynb");
    await lab.menu("Lookback", "Show Findings");
    await expect.poll(() => rows().count(), { timeout: 30_000 }).toBeGreaterThan(2);
    await list().getByRole("button", { name: "By rule" }).click();
    await list().getByLabel("Filter findings").fill("dep_delay");
    await expect.poll(() => rows().count()).toBe(1);
    await lab.screenshot("findings-by-rule");
    await rows().getByRole("button", { name: "Explain" }).click();
    const fix = explained().locator(".lb-explain-doing .lb-button.lb-primary").first();
    await fix.waitFor();
    expect(await fix.textContent()).toMatch(/…$/);
    await fix.click();
    await explained().locator(".lb-explain-preview", { hasText: "dep_delay" }).waitFor();
    await lab.screenshot("finding-suggestion");
    expect(await axeViolations(lab.page.mainFrame(), "main.lb-explain")).toEqual([]);
    await explained().getByRole("button", { name: "Make this change" }).click();
    await expect.poll(() => explained().textContent()).toMatch(/Not found any more/);
    await list().getByLabel("Filter findings").fill("");
    await codeCell("import pandas").locator(".cm-content").click();
    await lab.page.keyboard.press("Control+Home");
    await lab.page.keyboard.press("Alt+F8");
    await expect.poll(() => cursorCell().locator(".lb-leak").count()).toBeGreaterThan(0);
    const first = await cursorCell().textContent();
    await lab.page.keyboard.press("Alt+F8");
    await expect.poll(() => cursorCell().textContent()).not.toBe(first);
    await lab.page.keyboard.press("Alt+Shift+F8");
    await expect.poll(() => cursorCell().textContent()).toBe(first);
  });

  it("says in lookback.toml what is wrong with it, as it is typed", async () => {
    writeFileSync(join(lab.folder, "lookback.toml"), '[lint]\nprofil = "quiet"\n');
    await lab.menu("File", "Open from Path…");
    await lab.page.locator(".jp-Dialog input").fill("lookback.toml");
    await lab.page.keyboard.press("Enter");
    const editor = lab.page.locator(".jp-FileEditor .cm-content");
    await expect
      .poll(() => editor.locator(".cm-lintRange").textContent(), { timeout: 15_000 })
      .toBe("profil");
    await lab.screenshot("settings-file");
    await editor.locator(".cm-line", { hasText: "profil" }).click();
    await lab.page.keyboard.press("Home");
    for (let at = 0; at < "profil".length; at++) await lab.page.keyboard.press("ArrowRight");
    await lab.page.keyboard.type("e");
    await expect.poll(() => editor.locator(".cm-lintRange").count()).toBe(0);
    await lab.page.keyboard.press("Backspace");
    await expect.poll(() => editor.locator(".cm-lintRange").count()).toBe(1);
    rmSync(join(lab.folder, "lookback.toml"));
    await lab.page.locator(".lm-TabBar-tab", { hasText: "late-flight-leaky.ipynb" }).click();
  });

  it("makes all that is safe at once", async () => {
    await lab.menu("Lookback", "Show Findings");
    const before = await rows().count();
    // What can be done to each stands there once it is known.
    for (const name of ["Fix", "Allow…"])
      await expect.poll(() => rows().getByRole("button", { name, exact: true }).count()).toBe(before);
    await list().getByRole("button", { name: "Fix all safe" }).click();
    await expect.poll(() => rows().count()).toBeLessThan(before);
    await lab.page.setViewportSize({ width: 900, height: 800 });
    await lab.screenshot("findings-narrow");
    expect(lab.complaints.filter((text) => /lookback|Lookback/.test(text))).toEqual([]);
  });
});
