import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Frame, type Locator, type Page } from "playwright-core";
import { startVscodeServer } from "./vscode-server.ts";

const root = join(import.meta.dirname, "..", "..");
const screenshots = join(root, "test", "screenshots");

/** The built extension in a real VS Code, a fresh copy of the demo, and a browser page on it. */
export interface VscodeSession {
  readonly page: Page;
  /** The demo's folder. */
  readonly folder: string;
  /** Errors that the page met. */
  readonly complaints: string[];
  /** Opens a notebook in the notebook editor, and waits until its cells are there. */
  open(notebook: string): Promise<void>;
  /** Runs a command by its title, as the command palette shows it. */
  command(title: string): Promise<void>;
  /** Takes an entry of the context menu that has just been opened. */
  choose(title: string): Promise<void>;
  /** Takes an entry of the lightbulb where the cursor stands; its menu is asked for again where it has gone by itself. */
  act(entry: string | RegExp): Promise<void>;
  /** Scrolls to the first code cell that holds a text, and answers it. */
  cell(text: string): Promise<Locator>;
  /** The panel that draws `selector`, wherever VS Code has put its frame. */
  panel(selector: string): Promise<Frame>;
  screenshot(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Packs the extension as a person would install it. Answers the `.vsix`. */
export function buildExtension(): string {
  const folder = join(root, "extension", "vscode");
  execFileSync(process.execPath, [join(folder, "build.mjs")], { stdio: "pipe" });
  const vsix = readdirSync(join(folder, "dist")).find((name) => name.endsWith(".vsix"));
  if (vsix === undefined) throw new Error("The build left no .vsix.");
  return join(folder, "dist", vsix);
}

/** Starts VS Code in its light theme, with the extensions of `also` beside ours. Settings, extension and demo live in a folder of their own that goes with the session. */
export async function startVscode(
  vsix: string,
  { also = [] }: { readonly also?: readonly string[] } = {},
): Promise<VscodeSession> {
  const home = mkdtempSync(join(tmpdir(), "lookback-vscode-"));
  const folder = join(home, "demo");
  layOutDemo(folder);
  mkdirSync(screenshots, { recursive: true });
  const server = await startVscodeServer({
    vsixes: [vsix, ...also],
    folder: home,
    settings: { "workbench.colorTheme": "Default Light Modern" },
    machineSettings: { "lookback.python": python() },
  });
  const browser = await launch();
  const stop = async () => {
    await browser.close();
    await server.stop();
    stopPipeline(folder);
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
  };
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // Two cores that are busy with kernels and a browser take their time.
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  try {
    await enter(page, `${server.url}/?folder=${encodeURIComponent(folder)}`);
  } catch (error) {
    await stop();
    throw error;
  }

  const command = async (title: string) => {
    await page.keyboard.press("F1");
    const input = page.locator(".quick-input-widget input");
    await input.waitFor();
    await input.fill(`>${title}`);
    await page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    await page.keyboard.press("Enter");
  };
  return {
    page,
    folder,
    complaints,
    command,
    async open(notebook) {
      const row = page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${notebook}"]`);
      // A workbench that has only just been drawn takes no keys yet.
      for (let tries = 0; tries < 5 && !(await row.isVisible()); tries++) {
        await page.keyboard.press("Control+Shift+e");
        await row.waitFor({ timeout: 10_000 }).catch(() => undefined);
        // A file that was written while the watcher of the folder was still starting is seen by whoever looks anew.
        if (!(await row.isVisible())) await command("File: Refresh Explorer");
      }
      await row.dblclick();
      await page.locator(`.tab.active[aria-label^="${notebook}"]`).waitFor({ timeout: 60_000 });
      await page.locator(`${IN_FRONT} .code-cell-row .view-lines`).first().waitFor({ timeout: 60_000 });
    },
    choose: (title) => choose(page, title),
    act: (entry) => act(page, entry),
    cell: (text) => scrollTo(page, text),
    panel: (selector) => panelFrame(page, selector),
    async screenshot(name) {
      await page.screenshot({ path: join(screenshots, `vscode-${name}.png`) });
    },
    stop,
  };
}

/** The embedded pipeline lives on without the editor, as it should; not here. */
function stopPipeline(folder: string): void {
  const file = join(folder, ".lookback", "pipeline", "server.json");
  if (existsSync(file)) process.kill(JSON.parse(readFileSync(file, "utf8")).pid, "SIGTERM");
}

const IN_FRONT = ".notebook-editor .cell-list-container:visible";

/** Until its extensions are known, VS Code would open a notebook as its JSON text. */
async function enter(page: Page, url: string): Promise<void> {
  await page.goto(url, { timeout: 120_000 });
  await page.locator(".explorer-folders-view").waitFor({ timeout: 90_000 });
  await page.locator('.activitybar a[aria-label="Lookback"]').waitFor({ timeout: 90_000 });
}

/** A menu takes no click in its first moments, lest the one that opened it counts twice. */
async function act(page: Page, entry: string | RegExp): Promise<void> {
  const row = page.locator(".action-widget .monaco-list-row", { hasText: entry }).first();
  for (let asked = 1; ; asked++) {
    await page.keyboard.press("Control+.");
    try {
      await row.click({ timeout: 15_000 });
      return;
    } catch (error) {
      if (asked === 4) throw error;
      await page.keyboard.press("Escape");
    }
  }
}

async function choose(page: Page, title: string): Promise<void> {
  const entry = page.locator(".monaco-menu").getByText(title, { exact: true });
  await entry.waitFor();
  for (let tries = 0; tries < 5 && (await entry.isVisible()); tries++) {
    await entry.click({ timeout: 5_000 }).catch(() => undefined);
    await entry.waitFor({ state: "hidden", timeout: 2_000 }).catch(() => undefined);
  }
}

/** VS Code draws only the cells in sight, and shows spaces as no-break spaces. */
async function scrollTo(page: Page, text: string): Promise<Locator> {
  const notebook = page.locator(IN_FRONT);
  const cell = notebook.locator(".code-cell-row", { hasText: text.replaceAll(" ", "\u00a0") }).first();
  const list = await notebook.first().boundingBox();
  if (list === null) throw new Error("No notebook is in front.");
  await page.mouse.move(list.x + list.width - 40, list.y + list.height / 2);
  for (let turn = 0; turn < 80; turn++) {
    const box = (await cell.count()) > 0 ? await cell.boundingBox() : null;
    if (box && box.y >= list.y && box.y + Math.min(box.height, list.height / 2) <= list.y + list.height)
      return cell;
    await page.mouse.wheel(0, (box && box.y < list.y) || turn >= 40 ? -200 : 200);
    await page.waitForTimeout(120);
  }
  throw new Error(`No cell holds ${text}.`);
}

async function panelFrame(page: Page, selector: string): Promise<Frame> {
  for (let waited = 0; waited < 120_000; waited += 250) {
    for (const frame of page.frames()) {
      const found = await frame
        .locator(selector)
        .count()
        .catch(() => 0);
      if (found > 0) return frame;
    }
    await page.waitForTimeout(250);
  }
  throw new Error(`No panel draws ${selector}.`);
}

function layOutDemo(folder: string): void {
  const demo = join(root, "extension", "demo");
  const data = join(root, ".cache", "demo-data");
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(demo).filter((each) => each.endsWith(".ipynb"))) {
    cpSync(join(demo, name), join(folder, name));
  }
  execFileSync(python(), [join(demo, "prepare.py"), data], { stdio: "pipe" });
  cpSync(data, join(folder, "data"), { recursive: true });
  writeFileSync(join(folder, ".gitignore"), ".lookback/\n");
}

function python(): string {
  return process.env.LOOKBACK_PYTHON ?? join(root, ".venv", "bin", "python");
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
    ],
  });
}
