import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type JupyterLabSession, startJupyterLab } from "./jupyterlab-session.ts";
import { notebookOf } from "./notebook-of.ts";

const table = `from IPython.display import display
display({"text/html": "<table>\\n<tr><td>alpha</td><td>beta</td></tr>\\n</table>"}, raw=True)
1`;

/** A score that rests on what nobody can read from the text. */
const unread = [
  `import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
X = np.random.default_rng(0).normal(size=(200, 3))
y = X[:, 0] > 0
text = "X = (X - X.mean(0)) / X.std(0)"`,
  "exec(text)",
  `X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LogisticRegression().fit(X_train, y_train)
roc_auc_score(y_test, model.predict_proba(X_test)[:, 1])`,
];

const identity = {
  GIT_AUTHOR_NAME: "x",
  GIT_AUTHOR_EMAIL: "x@example.org",
  GIT_COMMITTER_NAME: "x",
  GIT_COMMITTER_EMAIL: "x@example.org",
};

describe("JupyterLab, where things go wrong", () => {
  let lab: JupyterLabSession;
  const frames: string[] = [];
  beforeAll(async () => {
    lab = await startJupyterLab();
    lab.page.on("websocket", (socket) =>
      socket.on("framesent", ({ payload }) => void frames.push(String(payload))),
    );
    const write = (name: string, sources: readonly string[]) =>
      writeFileSync(
        join(lab.folder, `${name}.ipynb`),
        notebookOf(sources, (at) => `${name}${at}`),
      );
    write("table", [table]);
    write("unread", unread);
  });
  afterEach(({ task }) => lab.keepFailure(task));
  afterAll(() => lab?.stop());

  const status = () => lab.page.locator(".lb-status-run");
  const codeCell = (text: string) => lab.page.locator(".jp-Notebook .jp-CodeCell", { hasText: text }).first();
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
    await lab.page.locator(".cm-tooltip-lint button", { hasText: "scaler-before-split" }).first().click();
    const rulePage = lab.page.locator(".lb-rule-page:visible", { hasText: "Fitted before the split" });
    await rulePage.locator("h2", { hasText: "Not reported" }).waitFor();
    await lab.screenshot("20-rule-page-light");
    await tab("scaler-before-split").locator(".lm-TabBar-tabCloseIcon").click();
    await lab.page.mouse.move(5, 5);
    await leak.click();
    await lab.page.locator(".lb-lightbulb").click();
    const offers = lab.page.locator(".lb-fix-menu .lm-Menu-item");
    await offers.filter({ hasText: "Allow scaler-before-split here…" }).first().click();
    await lab.page
      .locator(".jp-Dialog .jp-Dialog-header", { hasText: "Why is scaler-before-split right here?" })
      .waitFor();
    await lab.page.keyboard.type("only a demonstration");
    await lab.screenshot("21-why-allowed");
    await lab.page.keyboard.press("Enter");
    const comment = codeCell("# lookback: allow scaler-before-split — only a demonstration");
    await comment.waitFor();
    await expect
      .poll(() => codeCell("fit_transform").locator(".lb-leak").count(), { timeout: 10_000 })
      .toBe(0);
    await lab.screenshot("21-allowed");
    await lab.page.keyboard.press("Control+z");
    await expect.poll(() => comment.count()).toBe(0);
  });

  it("goes by lookback.toml as it is written, broken and removed", async () => {
    const lint = lab.page.locator(".lb-status-lint");
    const file = join(lab.folder, "lookback.toml");
    const leaks = async () => Number.parseInt((await lint.textContent()) ?? "", 10);
    await codeCell("fit_transform").locator(".lb-leak").first().waitFor();
    const before = await leaks();
    writeFileSync(file, '[lint.rules]\nscaler-before-split = "off"\n');
    await expect.poll(leaks).toBe(before - 1);
    expect(await lint.getAttribute("title")).toContain("scaler-before-split is off in lookback.toml.");
    await lab.screenshot("23-rule-off");
    writeFileSync(file, "[lint.rules\n");
    await expect.poll(() => lint.getAttribute("title")).toMatch(/lookback\.toml, line 1: This is not TOML/);
    await expect.poll(leaks).toBe(before);
    rmSync(file);
    await expect.poll(() => lint.getAttribute("title")).not.toMatch(/lookback\.toml/);
    expect(frames.some((frame) => frame.includes('"workspace/didChangeConfiguration"'))).toBe(true);
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
    await lab.menu("Lookback", "Publish…");
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

  it("says of what it did not read that it did not: at the place, in the list and on the run", async () => {
    await lab.open("unread.ipynb");
    const hint = codeCell("exec(text)").locator(".cm-lintRange");
    await hint.first().waitFor({ timeout: 30_000 });
    await hint.first().hover();
    await expect
      .poll(() => lab.page.locator(".cm-tooltip-lint").textContent())
      .toMatch(/not part of the answer/);
    const lint = lab.page.locator(".lb-status-lint");
    expect(await lint.textContent()).toBe("not all read");
    await lab.screenshot("26-gap-light");
    await lab.page.mouse.move(5, 5);
    await codeCell("exec(text)").locator(".cm-content").click();
    await lab.menu("Run", "Run All Cells");
    await expect.poll(() => status().textContent(), { timeout: 60_000 }).toMatch(/run recorded/);
    await lab.menu("Lookback", "Show Runs");
    const newest = lab.page.locator(".lb-run-row").first();
    await expect.poll(() => newest.textContent()).toMatch(/AUC 1.*not all read/);
    await status().click();
    const line = lab.page.locator("main.lb-run:visible .lb-run-coverage");
    await expect.poll(() => line.textContent()).toMatch(/not read.*No leak found is said of the rest/);
    await line.locator("summary").click();
    await expect.poll(() => line.textContent()).toMatch(/cell 2, line 1/);
    await lab.screenshot("27-partly-read-light");
    await lab.theme("JupyterLab Dark");
    await lab.screenshot("28-partly-read-dark");
    await lab.theme("JupyterLab Light");
  });

  it("shows a run whose record it cannot read as one row with its reason, beside those it can", async () => {
    const git = (args: readonly string[], input = "") =>
      execFileSync("git", args, {
        cwd: join(lab.folder, ".git", "lookback", "store.git"),
        input,
        encoding: "utf8",
        env: { ...process.env, ...identity },
      }).trim();
    const blob = git(["hash-object", "-w", "--stdin"], JSON.stringify({ v: 99 }));
    const tree = git(["mktree"], `100644 blob ${blob}\trun.json\n`);
    const commit = git(["commit-tree", tree, "-m", "later.ipynb 01KDYAK348SX0MKFS2ZQKX3CWA"]);
    git(["update-ref", "refs/lookback/log/0a1b2c3d", commit]);
    await lab.page.reload();
    await lab.menu("Lookback", "Show Runs");
    const unreadable = lab.page.locator(".lb-runs-unreadable li");
    await expect.poll(() => unreadable.textContent(), { timeout: 60_000 }).toMatch(/cannot be read.*form 99/);
    await expect.poll(() => lab.page.locator(".lb-run-row").count()).toBeGreaterThan(0);
    await lab.screenshot("29-unreadable-run-light");
  });

  it("shows what is deployed and cannot be read as rows of their own, whole, beside what can", async () => {
    const pipeline = join(lab.folder, ".git", "lookback", "pipeline");
    const hash = "0".repeat(64);
    const version = {
      ...{
        version: 1,
        root: lab.folder,
        path: "deploy/fare/1",
        digest: hash,
        run: "01KDYAK348SX0MKFS2ZQKX3CWA",
      },
      ...{ modelSha256: hash, deployedAt: "2026-01-02T03:04:05.000Z" },
    };
    const long = "a-name-that-somebody-made-as-long-as-a-name-may-be-and-then-some";
    const deployments = [
      { name: "fare", active: 1, previous: null, versions: [version, { ...version, version: 2, digest: 7 }] },
      { name: long, active: 4, previous: null, versions: [{ version: 4 }] },
      { active: 3 },
    ];
    mkdirSync(pipeline, { recursive: true });
    writeFileSync(
      join(pipeline, "deployments.json"),
      JSON.stringify({ format: "lookback-deployments/1", deployments }),
    );
    await lab.menu("Lookback", "Deployments");
    const panel = lab.page.locator(".lb-deploy:visible");
    const rows = panel.locator(".lb-deploy-unreadable li");
    await expect.poll(() => rows.count()).toBe(2);
    expect(await rows.allTextContents()).toEqual([
      expect.stringMatching(
        /^a-name-that.*nothing answers.*active version 4 cannot be read.*`root` is missing/,
      ),
      expect.stringMatching(/^A deployment without a name.*nothing answers.*`name` is missing/),
    ]);
    expect(await panel.locator(".lb-deploy-unreadable").textContent()).toMatch(
      /Mend their records in pipeline\/deployments\.json/,
    );
    expect(await panel.locator("h1").textContent()).toBe("fare");
    const versions = panel.getByRole("region", { name: "Versions" });
    expect(await versions.textContent()).toMatch(/2.*unreadable.*`digest` cannot be read/);
    await lab.page.setViewportSize({ width: 900, height: 900 });
    const cut = await rows.evaluateAll(
      (all) =>
        all
          .flatMap((row) => Array.from(row.querySelectorAll("*")))
          .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0).length,
    );
    expect(cut).toBe(0);
    await lab.screenshot("30-unreadable-deployments-light");
    await lab.theme("JupyterLab Dark");
    await lab.screenshot("31-unreadable-deployments-dark");
    await lab.theme("JupyterLab Light");
    await lab.page.setViewportSize({ width: 1440, height: 900 });
    rmSync(pipeline, { recursive: true });
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
    // It is asked for again by itself too, and may be recorded before the click.
    await toast
      .getByRole("button", { name: "Try again" })
      .first()
      .click({ timeout: 3_000 })
      .catch(() => undefined);
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
    await lab.menu("Lookback", "Preview Join");
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
