import { execFileSync } from "node:child_process";
import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type JupyterLabSession, startJupyterLab } from "./jupyterlab-session.ts";

const table = `from IPython.display import display
display({"text/html": "<table>\\n<tr><td>alpha</td><td>beta</td></tr>\\n</table>"}, raw=True)
1`;

describe("JupyterLab, where things go wrong", () => {
  let lab: JupyterLabSession;
  const frames: string[] = [];
  beforeAll(async () => {
    lab = await startJupyterLab();
    lab.page.on("websocket", (socket) =>
      socket.on("framesent", ({ payload }) => void frames.push(String(payload))),
    );
    const cell = { cell_type: "code", execution_count: null, metadata: {}, outputs: [] };
    const notebook = {
      cells: [{ ...cell, id: "table", source: table }],
      metadata: { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    writeFileSync(join(lab.folder, "table.ipynb"), JSON.stringify(notebook));
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail")
      await lab.screenshot(`failed-${task.name.slice(0, 40).replace(/\W+/g, "-")}`);
  });
  afterAll(() => lab?.stop());

  const status = () => lab.page.locator(".lb-status-run");
  const codeCell = (text: string) => lab.page.locator(".jp-Notebook .jp-CodeCell", { hasText: text }).first();
  const menu = async (name: string, item: string) => {
    await lab.page.locator(".lm-MenuBar-item", { hasText: new RegExp(`^${name}$`) }).click();
    await lab.page.locator(".lm-Menu-item", { hasText: item }).first().click();
  };
  const tab = (title: string) => lab.page.locator("#jp-main-dock-panel .lm-TabBar-tab", { hasText: title });
  /** Process ids of this lab's language servers. */
  const servers = () =>
    execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" })
      .split("\n")
      .filter(
        (line) => line.includes("lsp --stdio") && line.includes(import.meta.dirname.split("/test/")[0] ?? ""),
      )
      .map((line) => Number.parseInt(line, 10))
      .filter((pid) => cwdOf(pid) === lab.folder);

  it("offers what the server offers, Allow among it, and undoes it in one step", async () => {
    await lab.open("late-flight-leaky.ipynb");
    const leak = codeCell("fit_transform").locator(".lb-leak").first();
    await leak.hover();
    const actions = lab.page.locator(".cm-tooltip-lint .cm-diagnosticAction");
    await actions
      .filter({ hasText: /^Allow scaler-before-split here…/ })
      .first()
      .waitFor();
    await lab.screenshot("20-offers-light");
    await lab.page.mouse.move(5, 5);
    await leak.click();
    await lab.page.locator(".lb-lightbulb").click();
    const offers = lab.page.locator(".lb-fix-menu .lm-Menu-item");
    await offers.filter({ hasText: "Allow scaler-before-split here…" }).first().click();
    const comment = codeCell("# lookback: allow scaler-before-split —");
    await comment.waitFor();
    await lab.page.keyboard.type("only a demonstration");
    await codeCell("allow scaler-before-split — only a demonstration").waitFor();
    await expect
      .poll(() => codeCell("fit_transform").locator(".lb-leak").count(), { timeout: 10_000 })
      .toBe(0);
    await lab.screenshot("21-allowed");
    await lab.page.keyboard.press("Control+z");
    await lab.page.keyboard.press("Control+z");
    await expect.poll(() => comment.count()).toBe(0);
  });

  it("tells the server that a notebook was closed, and stands no worse for it", async () => {
    const before = frames.filter((frame) => frame.includes("notebookDocument/didClose")).length;
    await tab("late-flight-leaky").locator(".lm-TabBar-tabCloseIcon").click();
    const discard = lab.page.locator(".jp-Dialog button", { hasText: /Discard|Close without/ });
    await discard.click({ timeout: 3_000 }).catch(() => undefined);
    await expect
      .poll(() => frames.filter((frame) => frame.includes("notebookDocument/didClose")).length)
      .toBe(before + 1);
    expect(lab.complaints.filter((text) => /dispose|null|undefined/.test(text))).toEqual([]);
  });

  it("shows the notebook of a run as it was, in one tab that survives a reload and is not published", async () => {
    await lab.open("table.ipynb");
    await codeCell("display").locator(".cm-content").click();
    await lab.page.keyboard.press("Control+Enter");
    await expect.poll(() => status().textContent(), { timeout: 60_000 }).toMatch(/run recorded/);
    await status().click();
    const view = () => lab.page.locator("main.lb-run").getByRole("button", { name: "View notebook" }).click();
    await view();
    const copy = lab.page.locator(".lb-run-copy:visible");
    await copy.locator("td", { hasText: "beta" }).waitFor();
    expect((await copy.locator(".jp-OutputArea-output").first().textContent())?.trim()).toBe("alphabeta");
    const title = /table \(run \w{6}\)/;
    expect(await lab.page.locator(".lm-TabBar-tab.lm-mod-current", { hasText: title }).count()).toBe(1);
    await lab.screenshot("22-run-copy-light");
    await menu("Lookback", "Publish…");
    const said = lab.page.locator(".Toastify__toast", {
      hasText: /shows what was recorded, so it was not published/,
    });
    await said.waitFor();
    await lab.screenshot("23-copy-not-published");
    await tab("Run ").first().click();
    await view();
    expect(await lab.page.locator("#jp-main-dock-panel .lm-TabBar-tab", { hasText: title }).count()).toBe(1);
    // JupyterLab keeps its layout a moment after it changed.
    await lab.page.waitForTimeout(2_500);
    const address = new URL(lab.page.url());
    address.searchParams.delete("reset");
    await lab.page.goto(address.href);
    await tab("(run ").first().waitFor({ timeout: 60_000 });
    await tab("(run ").first().click();
    await copy.locator("td", { hasText: "beta" }).waitFor({ timeout: 30_000 });
  });

  it("says that a run was not recorded, why, and records it when that is mended", async () => {
    await lab.open("table.ipynb");
    await expect.poll(() => servers().length, { timeout: 30_000 }).toBeGreaterThan(0);
    const refs = join(lab.folder, ".git", "lookback", "store.git", "refs", "lookback");
    renameSync(refs, `${refs}-away`);
    writeFileSync(refs, "not a folder");
    await codeCell("display").locator(".cm-content").click();
    await lab.page.keyboard.press("Control+Enter");
    await expect.poll(() => status().textContent(), { timeout: 60_000 }).toMatch(/run not recorded/);
    const toast = lab.page.locator(".Toastify__toast", { hasText: "Try again" });
    await toast.first().waitFor();
    await lab.screenshot("24-not-recorded-light");
    rmSync(refs);
    renameSync(`${refs}-away`, refs);
    await toast.getByRole("button", { name: "Try again" }).first().click();
    await expect.poll(() => status().textContent(), { timeout: 30_000 }).toMatch(/run recorded/);
    await expect.poll(() => toast.count()).toBe(0);
  });

  it("says that the server has stopped after five ends, and starts it again when asked", async () => {
    for (let ends = 0; ends < 5; ends += 1) {
      await expect.poll(() => servers().length, { timeout: 30_000 }).toBeGreaterThan(0);
      await expect.poll(() => status().textContent(), { timeout: 30_000 }).not.toMatch(/reconnects|starts/);
      const [pid] = servers();
      process.kill(Number(pid), "SIGKILL");
      await expect.poll(() => servers().includes(Number(pid)), { timeout: 10_000 }).toBe(false);
    }
    await expect.poll(() => status().textContent(), { timeout: 15_000 }).toMatch(/Lookback stopped/);
    await menu("Lookback", "Preview Join");
    const advice = lab.page.locator(".Toastify__toast", { hasText: "Restart Server" });
    await advice.first().waitFor();
    await lab.screenshot("25-server-stopped-light");
    await lab.page.getByRole("button", { name: "Restart server" }).click();
    await expect.poll(() => status().textContent(), { timeout: 30_000 }).not.toMatch(/stopped|starts/);
    await expect.poll(() => servers().length, { timeout: 30_000 }).toBe(1);
  });

  it("ends its server when the page is left", async () => {
    await lab.page.goto("about:blank");
    await expect.poll(() => servers(), { timeout: 15_000 }).toEqual([]);
  });

  it("ends a server that was still starting when the page was left", async () => {
    for (const wait of [300, 700, 1_200, 2_000]) {
      await lab.page.goto(`${lab.origin}/lab?token=${lab.token}`, { waitUntil: "commit" });
      await lab.page.waitForTimeout(wait);
      await lab.page.goto("about:blank");
    }
    await lab.page.waitForTimeout(1_000);
    await expect.poll(() => servers(), { timeout: 15_000 }).toEqual([]);
  });
});

function cwdOf(pid: number): string | null {
  const path = `/proc/${pid}/cwd`;
  return existsSync(path) ? execFileSync("readlink", [path], { encoding: "utf8" }).trim() : null;
}
