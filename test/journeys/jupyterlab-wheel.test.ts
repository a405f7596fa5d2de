import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort, launchChromium } from "./jupyterlab-session.ts";
import { notebookOf } from "./notebook-of.ts";
import { installWheel, type WheelInstallation } from "./wheel-installation.ts";

const root = join(import.meta.dirname, "..", "..");
const demo = join(root, "extension", "demo");

describe("the wheel, in somebody else's JupyterLab", () => {
  let wheel: WheelInstallation;
  let lab: ChildProcess;
  let browser: Browser;
  let page: Page;
  let origin = "";
  const abroad: string[] = [];
  const served = new Map<string, number>();

  beforeAll(async () => {
    wheel = await installWheel();
    const folder = join(wheel.scratch, "work");
    layOut(folder);
    origin = `http://127.0.0.1:${await freePort()}`;
    lab = await startLab(wheel, folder, origin);
    // Not even names are looked up: whatever is asked of the world fails, and is counted.
    browser = await launchChromium(["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]);
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on("request", (request) => {
      if (!isLocal(request.url(), origin)) abroad.push(request.url());
    });
    page.on("response", (response) => served.set(new URL(response.url()).pathname, response.status()));
  });
  afterAll(async () => {
    await browser?.close();
    if (lab) await stopLab(lab);
    wheel?.remove();
  });

  const open = async (notebook: string) => {
    await page.goto(`${origin}/lab/tree/${notebook}?token=wheel&reset`);
    await page.locator(".jp-Notebook .jp-CodeCell .cm-content").first().waitFor({ timeout: 90_000 });
    await page
      .locator("#jp-main-statusbar")
      .getByText(/\| Idle/)
      .waitFor({ timeout: 90_000 });
  };

  const showRuns = () => page.locator('[role="tab"][data-id="lookback-runs"]').click();

  it("is known to JupyterLab and to its server", async () => {
    expect(await wheel.run("jupyter", ["labextension", "list"])).toMatch(
      /@lookback\/jupyterlab v\S+.*enabled.*OK/,
    );
    const extensions = await wheel.run("jupyter", ["server", "extension", "list"]);
    expect(extensions).toMatch(/lookback_jupyterlab.*enabled/);
    expect(extensions).toMatch(/lookback_jupyterlab.*OK/);
  });

  it("brings its own Python and Node packages: the checkout is out of reach", async () => {
    const places = await wheel.run("python", [
      "-c",
      "import sys, lookback, lookback_jupyterlab as l; print(*sys.path, lookback.__file__, l.__file__, sep='\\n')",
    ]);
    expect(places).not.toContain(root);
    expect(places.split("\n").filter((path) => path.startsWith(wheel.environment)).length).toBeGreaterThan(2);
    const entry = join(serverFolder(wheel), "lsp-server", "service", "bin", "lookback.mjs");
    for (const name of ["@duckdb/node-api", "lmdb", "onnxruntime-node", "zeromq"]) {
      const load = `const r = require("node:module").createRequire(${JSON.stringify(entry)}); r(${JSON.stringify(name)}); console.log(r.resolve(${JSON.stringify(name)}))`;
      expect(await wheel.run("node", ["-e", load])).toContain(serverFolder(wheel));
    }
    expect(await wheel.run("node", [entry, "check", join(wheel.scratch, "work", "late-flight.ipynb")])).toBe(
      "0 findings in 1 file.\n",
    );
    const licenses = join(serverFolder(wheel), "lsp-server", "service", "dist", "THIRD-PARTY-LICENSES.txt");
    expect(readFileSync(licenses, "utf8")).toMatch(/^isomorphic-git \S+ \(MIT\)$/m);
  });

  it("underlines the leaks of a notebook and shows its runs", async () => {
    await open("late-flight-leaky.ipynb");
    await expect
      .poll(() => page.locator(".lb-status").textContent(), { timeout: 60_000 })
      .toMatch(/[3-9] leaks/);
    await page
      .locator(".jp-Notebook .jp-CodeCell", { hasText: "fit_transform" })
      .locator(".lb-leak")
      .first()
      .waitFor();
    await showRuns();
    await page.locator("#lookback-runs").getByText("No runs yet").waitFor();
    if (process.platform === "linux") expect(reachOf(lab)).toEqual([]);
  });

  it("records a run of a kernel that only has what the wheel brought", async () => {
    await open("arithmetic.ipynb");
    await showRuns();
    await page.locator(".jp-Notebook .jp-CodeCell .cm-content").first().click();
    await page.keyboard.press("Control+Enter");
    const newest = page.locator("#lookback-runs").locator(".lb-run-row").first();
    await expect.poll(() => newest.textContent(), { timeout: 60_000 }).toMatch(/1 cell/);
    expect(await page.locator(".jp-OutputArea-output").first().textContent()).toContain(wheel.environment);
  });

  it("previews the join with the DuckDB that it serves itself", async () => {
    await open("late-flight.ipynb");
    const lens = page.locator(".lb-lens button", { hasText: "Preview join" }).first();
    await lens.click({ timeout: 60_000 });
    const panel = page.locator('[id^="lookback-join"]');
    await expect
      .poll(() => panel.textContent(), { timeout: 120_000 })
      .toMatch(/Without the point-in-time join/);
    const engine = [...served].filter(([path]) => path.endsWith(".wasm"));
    expect(engine.length).toBeGreaterThan(0);
    for (const [path, status] of engine) {
      expect(status).toBe(200);
      expect(path).toMatch(/^\/lab\/extensions\/@lookback\/jupyterlab\/static\//);
    }
  });

  it("asked nothing of the world", () => {
    expect(abroad).toEqual([]);
  });

  it("leaves none of its files behind when pip takes it away", async () => {
    await stopLab(lab);
    await wheel.run("python", ["-m", "pip", "uninstall", "--yes", "lookback-jupyterlab"]);
    const before = new Set(wheel.filesBefore);
    expect(wheel.files().filter((path) => !before.has(path) && /lookback/.test(path))).toEqual([]);
  });
});

/** The demo's notebooks and data and a notebook that any kernel can run; no repository. */
function layOut(folder: string): void {
  mkdirSync(folder);
  for (const name of readdirSync(demo).filter((each) => each.endsWith(".ipynb"))) {
    copyFileSync(join(demo, name), join(folder, name));
  }
  const python = process.env.LOOKBACK_PYTHON ?? join(root, ".venv", "bin", "python");
  execFileSync(python, [join(demo, "prepare.py"), join(folder, "data")], { stdio: "pipe" });
  const source = "import lookback\n\nprint(lookback.__file__)";
  writeFileSync(
    join(folder, "arithmetic.ipynb"),
    notebookOf([source], () => "one"),
  );
}

async function startLab(wheel: WheelInstallation, folder: string, origin: string): Promise<ChildProcess> {
  const flags = [
    "--no-browser",
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.port=${new URL(origin).port}`,
    "--ServerApp.port_retries=0",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
  ];
  const lab = spawn(join(wheel.environment, "bin", "jupyter"), ["lab", ...flags], {
    cwd: folder,
    env: { ...wheel.variables, JUPYTER_TOKEN: "wheel" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let said = "";
  for (const stream of [lab.stdout, lab.stderr]) {
    stream?.on("data", (chunk) => {
      said += chunk;
    });
  }
  const answers = () =>
    fetch(`${origin}/api`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let waited = 0; !(await answers()); waited += 200) {
    if (lab.exitCode !== null) throw new Error(`JupyterLab ended by itself.\n${said}`);
    if (waited > 90_000) {
      await stopLab(lab);
      throw new Error(`JupyterLab did not answer.\n${said}`);
    }
    await sleep(200);
  }
  return lab;
}

async function stopLab(lab: ChildProcess): Promise<void> {
  if (lab.exitCode !== null || lab.signalCode !== null) return;
  const ended = new Promise((resolve) => lab.once("close", resolve));
  process.kill(-Number(lab.pid), "SIGTERM");
  const patience = setTimeout(() => process.kill(-Number(lab.pid), "SIGKILL"), 15_000);
  await ended;
  clearTimeout(patience);
}

function isLocal(address: string, origin: string): boolean {
  return (
    address.startsWith(`${origin}/`) ||
    address.startsWith(origin.replace("http", "ws")) ||
    /^(data|blob):/.test(address)
  );
}

function serverFolder(wheel: WheelInstallation): string {
  const [python = ""] = readdirSync(join(wheel.environment, "lib"));
  return join(wheel.environment, "lib", python, "site-packages", "lookback_jupyterlab", "server");
}

/** What the processes of this JupyterLab hold of the checkout: a variable, an argument, a working folder, a loaded file. */
function reachOf(lab: ChildProcess): string[] {
  const listed = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const rows = listed.map((line) => line.trim().split(/\s+/).map(Number));
  const family = new Set([Number(lab.pid)]);
  for (let size = 0; size < family.size; ) {
    size = family.size;
    for (const [pid = 0, parent = 0] of rows) if (family.has(parent)) family.add(pid);
  }
  const held = [...family].flatMap((pid) => {
    const told = ["environ", "cmdline", "maps"].map((name) => readFileSync(`/proc/${pid}/${name}`, "utf8"));
    return [readlinkSync(`/proc/${pid}/cwd`), ...told].filter((text) => text.includes(root));
  });
  return family.size < 3 ? ["JupyterLab runs no kernel and no language server"] : held;
}
