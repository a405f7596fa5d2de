import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { chooseTheme, type Theme, takeFromMenu } from "./menus.ts";

const root = join(import.meta.dirname, "..", "..");
const screenshots = join(root, "test", "screenshots");

/** A real JupyterLab from `npm start` on a fresh copy of the demo, and a browser page on it. */
export interface JupyterLabSession {
  readonly page: Page;
  readonly origin: string;
  readonly token: string;
  /** Of the process that `npm start` is. */
  readonly pid: number;
  /** The demo's folder. */
  readonly folder: string;
  /** Everything `npm start` and the page's console said that looks like trouble. */
  readonly complaints: string[];
  open(notebook: string): Promise<void>;
  screenshot(name: string): Promise<void>;
  /** Keeps what is on the screen of a test that failed. */
  keepFailure(task: { readonly name: string; readonly result?: { readonly state: string } }): Promise<void>;
  /** Takes an entry of a menu of the menu bar. */
  menu(top: string, item: string): Promise<void>;
  theme(name: Theme): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it as a person does. Settings, workspaces and the demo live in a folder of their own that goes with the session. */
export async function startJupyterLab(): Promise<JupyterLabSession> {
  const home = mkdtempSync(join(tmpdir(), "lookback-journey-"));
  const folder = join(home, "demo");
  mkdirSync(screenshots, { recursive: true });
  const port = await freePort();
  const starter = spawn(
    process.execPath,
    ["extension/start.mjs", "--no-browser", "--port", String(port), "--dir", folder],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        JUPYTER_CONFIG_DIR: join(home, "config"),
        JUPYTERLAB_SETTINGS_DIR: join(home, "settings"),
        JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
      },
    },
  );
  const url = await addressFrom(starter);
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // Two cores that are busy with kernels and a browser take their time.
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const screenshot = async (name: string) => {
    await page.screenshot({ path: join(screenshots, `jupyterlab-${name}.png`) });
  };
  return {
    page,
    origin: new URL(url).origin,
    token: new URL(url).searchParams.get("token") ?? "",
    pid: Number(starter.pid),
    folder,
    complaints,
    async open(notebook) {
      const address = new URL(url);
      address.pathname = `/lab/tree/${notebook}`;
      address.searchParams.set("reset", "");
      await page.goto(address.href);
      await page.locator(".jp-Notebook .jp-CodeCell .cm-content").first().waitFor({ timeout: 90_000 });
      await page
        .locator("#jp-main-statusbar")
        .getByText(/\| Idle/)
        .waitFor({ timeout: 90_000 });
      await observed(folder);
    },
    screenshot,
    async keepFailure({ name, result }) {
      if (result?.state === "fail") await screenshot(`failed-${name.slice(0, 40).replace(/\W+/g, "-")}`);
    },
    menu: (top, item) => takeFromMenu(page, top, item),
    theme: (name) => chooseTheme(page, name),
    async stop() {
      await browser.close();
      starter.kill("SIGTERM");
      await new Promise((resolve) =>
        starter.exitCode === null ? starter.once("close", resolve) : resolve(null),
      );
      stopPipeline(folder);
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A kernel may be idle before it is observed, and nobody who clicks on a slow machine is as fast as this. Where nothing is recorded, nothing comes. */
async function observed(folder: string): Promise<void> {
  const ledger = join(folder, ".git", "lookback");
  const isSeen = () =>
    existsSync(ledger) &&
    readdirSync(ledger, { recursive: true }).some((name) => /\.jsonl$/.test(String(name)));
  for (let waited = 0; waited < 15_000 && !isSeen(); waited += 100)
    await new Promise((resolve) => setTimeout(resolve, 100));
}

/** The embedded pipeline lives on without the editor, as it should; not here. */
function stopPipeline(folder: string): void {
  const file = join(folder, ".git", "lookback", "pipeline", "server.json");
  if (existsSync(file)) process.kill(JSON.parse(readFileSync(file, "utf8")).pid, "SIGTERM");
}

/** A headless Chromium that asks nothing of its makers; `flags` are added to its own. */
export function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...flags,
    ],
  });
}

function addressFrom(starter: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (chunk: unknown) => {
      said += String(chunk);
      const address = /^ {2}(http:\S+)$/m.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    };
    starter.stdout?.on("data", listen);
    starter.stderr?.on("data", listen);
    starter.once("close", (code) => reject(new Error(`npm start ended with ${code}.\n${said}`)));
  });
}

/** A loopback port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
