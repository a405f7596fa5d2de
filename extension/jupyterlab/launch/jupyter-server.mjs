import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createServer } from "node:net";

/** Starts JupyterLab on loopback and answers when it listens: its address with the token, and its end. Aborting the signal ends it and its kernels, at any time. */
export async function startJupyter({ python, folder, port, notebook, log, signal }) {
  const token = process.env.JUPYTER_TOKEN || randomBytes(24).toString("hex");
  const chosen = port ?? (await freePort(8888));
  const child = spawn(
    python,
    [
      "-m",
      "jupyterlab",
      "--no-browser",
      "--ServerApp.ip=127.0.0.1",
      `--ServerApp.port=${chosen}`,
      "--ServerApp.port_retries=0",
      `--ServerApp.root_dir=${folder}`,
      // In a container everything is root; it listens on loopback only, behind its token.
      ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
    ],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      // In its own group: Ctrl-C reaches this process alone, which then ends Jupyter and all it started in order.
      detached: process.platform !== "win32",
      env: {
        // On a busy machine, OpenMP threads that spin while they wait take the processor from those they wait for.
        OMP_WAIT_POLICY: "PASSIVE",
        ...process.env,
        JUPYTER_TOKEN: token,
        LOOKBACK_NODE: process.execPath,
      },
    },
  );
  let said = "";
  const listen = (chunk) => {
    said = (said + chunk).slice(-8000);
    log(String(chunk));
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  const ended = new Promise((resolve) => child.on("close", (code) => resolve(code ?? 0)));
  signal.addEventListener("abort", () => void stop(child, ended), { once: true });
  const origin = `http://127.0.0.1:${chosen}`;

  let alive = true;
  void ended.then(() => {
    alive = false;
  });
  while (!(await answers(`${origin}/api`))) {
    if (signal.aborted) break;
    if (!alive) throw new Error(`JupyterLab ended before it listened on port ${chosen}.\n${said.trim()}`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return {
    url: `${origin}/lab/tree/${encodeURIComponent(notebook)}?token=${token}`,
    ended,
  };
}

/** Jupyter ends its kernels itself when asked; what does not go in ten seconds is ended. */
async function stop(child, ended) {
  signalGroup(child, "SIGTERM");
  const patience = setTimeout(() => signalGroup(child, "SIGKILL"), 10_000);
  await ended;
  clearTimeout(patience);
}

function signalGroup(child, signal) {
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function freePort(first) {
  for (let port = first; port < first + 50; port += 1) if (await isFree(port)) return port;
  throw new Error(`No port between ${first} and ${first + 49} is free. Name one: npm start -- --port N.`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
