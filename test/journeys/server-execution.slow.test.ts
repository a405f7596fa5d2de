import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { listRuns } from "@lookback/kernel-bridge/ledger/read/list-runs.ts";
import { readRunNotebook } from "@lookback/kernel-bridge/ledger/read/read-run-notebook.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freePort, launchChromium } from "./jupyterlab-session.ts";
import { takeFromMenu } from "./menus.ts";
import { notebookOf } from "./notebook-of.ts";

const root = join(import.meta.dirname, "..", "..");
const launch = (name: string) =>
  import(pathToFileURL(join(root, "extension", "jupyterlab", "launch", name)).href);

/** JupyterLabs whose page is one of several that hold the notebook, or does not run its cells itself. */
describe.each([
  { name: "jupyter-collaboration", packages: ["jupyter-collaboration==5.0.4"] },
  {
    name: "jupyter-server-nbmodel",
    packages: ["jupyter-collaboration==5.0.4", "jupyter-server-nbmodel==0.2.9"],
  },
])("cells in a JupyterLab with $name", ({ name, packages }) => {
  const scratch = mkdtempSync(join(tmpdir(), "lookback-elsewhere-"));
  const folder = join(scratch, "work");
  const ending = new AbortController();
  let ended: Promise<unknown> = Promise.resolve();
  let url = "";
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    layOut(folder);
    const { prepare } = await import(pathToFileURL(join(root, "extension", "start.mjs")).href);
    await prepare();
    const python = await environmentWith(name, packages);
    process.env.JUPYTER_CONFIG_DIR = join(scratch, "config");
    process.env.JUPYTERLAB_SETTINGS_DIR = join(scratch, "settings");
    process.env.JUPYTERLAB_WORKSPACES_DIR = join(scratch, "workspaces");
    const { startJupyter } = await launch("jupyter-server.mjs");
    const started = await startJupyter({
      python,
      folder,
      port: await freePort(),
      notebook: "steps.ipynb",
      log: (text: string) => said.push(text),
      signal: ending.signal,
    });
    url = started.url;
    ended = started.ended;
    browser = await launchChromium();
    page = await open();
  }, 900_000);
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    mkdirSync(join(root, "test", "screenshots"), { recursive: true });
    await page?.screenshot({ path: join(root, "test", "screenshots", `failed-${name}.png`) });
    console.error(said.join("").slice(-4_000));
  });
  afterAll(async () => {
    await browser?.close();
    ending.abort();
    await ended;
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  const said: string[] = [];
  const open = async () => {
    const opened = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await opened.goto(`${url}&reset`);
    await opened.locator(".jp-Notebook .jp-CodeCell .cm-content").first().waitFor({ timeout: 120_000 });
    await opened
      .locator("#jp-main-statusbar")
      .getByText(/\| Idle/)
      .waitFor({ timeout: 120_000 });
    await opened.locator('[role="tab"][data-id="lookback-runs"]').click();
    await opened.locator("#lookback-runs .lb-run-row").or(opened.getByText("No runs yet")).first().waitFor();
    return opened;
  };
  const rows = (of: Page) => of.locator("#lookback-runs .lb-run-row");
  const store = () => findStore(folder);
  const recorded = async (count: number) => {
    await expect
      .poll(async () => (await listRuns(await store())).runs.length, { timeout: 60_000 })
      .toBe(count);
    const [newest] = (await listRuns(await store())).runs;
    const run = await showRun(await store(), newest?.id ?? "");
    const notebook = JSON.parse(Buffer.from(await readRunNotebook(await store(), run.id)).toString());
    return { run, notebook };
  };
  /** Text that a cell of a recorded notebook shows. */
  const shown = (cell: { outputs: { text?: string | string[]; data?: Record<string, unknown> }[] }) =>
    cell.outputs.map(({ text, data }) => [text ?? data?.["text/plain"] ?? ""].flat().join("")).join("");

  it("records a run of all cells: each by its name, with its source, its count and what it showed", async () => {
    await observed(folder);
    await takeFromMenu(page, "Run", "Run All Cells");
    const { run, notebook } = await recorded(1);
    expect(run.notebook).toBe("steps.ipynb");
    expect(run.outcome).toEqual({ kind: "ok" });
    expect(
      run.cells.map(({ cellId, index, edited, console }) => ({ cellId, index, edited, console })),
    ).toEqual(ids.map((cellId, index) => ({ cellId, index, edited: false, console: null })));
    expect(run.datasets.map(({ access, path, cellId }) => [access, path, cellId])).toEqual([
      ["write", "numbers.csv", "writes"],
      ["read", "numbers.csv", "reads"],
    ]);
    expect(notebook.cells.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(notebook.cells.map(shown)).toEqual(["", "read 1,2,3\n", "'6'"]);
    expect(notebook.cells.map((cell: { execution_count: number }) => cell.execution_count)).toEqual([
      1, 2, 3,
    ]);
    expect(run.notes.map(({ message }) => message)).toEqual([]);
    await expect.poll(() => rows(page).count()).toBe(1);
  });

  it("records one cell alone, edited a moment before, by its name", async () => {
    const cell = page.locator(".jp-Notebook .jp-CodeCell").nth(2);
    await cell.locator(".cm-content").click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("str(7)");
    await page.keyboard.press("Control+Enter");
    const { run, notebook } = await recorded(2);
    expect(run.cells).toMatchObject([{ cellId: "sums", index: 2, edited: false, console: null }]);
    expect(run.session.cellsBefore).toBe(3);
    expect(shown(notebook.cells[2])).toBe("'7'");
  });

  it("shows an endless cell as running, and records it as interrupted", async () => {
    const cell = page.locator(".jp-Notebook .jp-CodeCell").nth(2);
    await cell.locator(".cm-content").click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("import time\nwhile True: time.sleep(.1)");
    await page.keyboard.press("Control+Enter");
    await expect
      .poll(() => page.locator(".lb-runs-waiting").textContent(), { timeout: 20_000 })
      .toMatch(/Running for \d+ s.*steps.*cell 3/);
    await expect.poll(() => page.locator(".lb-status-run").textContent()).toMatch(/^running for/);
    await takeFromMenu(page, "Kernel", "Interrupt Kernel");
    const { run } = await recorded(3);
    expect(run.outcome).toEqual({ kind: "interrupted", cellId: "sums" });
  });

  it("records once what one of two pages ran, and shows it in both", async () => {
    const other = await open();
    await expect.poll(() => rows(other).count()).toBeGreaterThan(0);
    const cell = page.locator(".jp-Notebook .jp-CodeCell").nth(1);
    await cell.locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
    const { run, notebook } = await recorded(4);
    expect(run.cells).toMatchObject([{ cellId: "reads", index: 1, console: null }]);
    expect(shown(notebook.cells[1])).toBe("read 1,2,3\n");
    await expect.poll(() => other.locator("#lookback-runs").textContent()).toMatch(/4 runs/);
    // Whoever asks last finds nothing left.
    await other.waitForTimeout(4_000);
    expect((await listRuns(await store())).runs).toHaveLength(4);
    await other.close();
  });
});

const ids = ["writes", "reads", "sums"];

function layOut(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const sources = [
    'with open("numbers.csv", "w") as file:\n    _ = file.write("1,2,3")',
    'with open("numbers.csv") as file:\n    numbers = file.read()\nprint("read", numbers)',
    'str(sum(map(int, numbers.split(","))))',
  ];
  writeFileSync(
    join(folder, "steps.ipynb"),
    notebookOf(sources, (at) => ids[at] ?? ""),
  );
  mkdirSync(join(folder, ".lookback"));
}

/** A JupyterLab with these packages and this checkout, kept for the next time. */
async function environmentWith(name: string, packages: readonly string[]): Promise<string> {
  const { findPython, interpreterOf, linkCheckout, makeEnvironment } = await launch("python-environment.mjs");
  const environment = join(root, ".cache", "environments", name);
  mkdirSync(environment, { recursive: true });
  const requirements = join(environment, "requirements.txt");
  writeFileSync(requirements, `${["jupyterlab==4.6.4", "ipykernel", ...packages].join("\n")}\n`);
  await makeEnvironment(findPython(), environment, requirements);
  linkCheckout(environment, root);
  return interpreterOf(environment);
}

/** Waits for the observer of the notebook's kernel: a cell that is faster is not recorded, and said to be so. */
async function observed(folder: string): Promise<void> {
  const { readdir } = await import("node:fs/promises");
  const journals = join(folder, ".lookback", "journal");
  await expect
    .poll(() => readdir(journals).catch(() => []), { timeout: 30_000 })
    .toContainEqual(expect.stringMatching(/\.jsonl$/));
}
