/**
 * `npm start`: JupyterLab with Lookback on the demo notebook, from nothing but Node and Python.
 *
 *     npm start [-- --no-browser] [--port N] [--dir FOLDER] [--python PYTHON] [--verbose]
 *
 * Idempotent: each step is done only when its inputs have changed. Ctrl-C ends everything it started.
 * Imported, it starts nothing: `prepare` does all but the demo and the server.
 */
import { createWriteStream, existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { demoIsIncomplete, prepareDemo } from "./jupyterlab/launch/demo-workspace.mjs";
import { startJupyter } from "./jupyterlab/launch/jupyter-server.mjs";
import { installPackages, packagesAreCurrent } from "./jupyterlab/launch/node-packages.mjs";
import { openBrowser } from "./jupyterlab/launch/open-browser.mjs";
import {
  findPython,
  interpreterOf,
  linkCheckout,
  makeEnvironment,
} from "./jupyterlab/launch/python-environment.mjs";
import { digestOf, digestOfBytes, outdated, remember, step } from "./jupyterlab/launch/steps.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const environment = join(root, ".venv");
const python = interpreterOf(environment);
const demo = join(root, "extension", "demo");
const usage = `npm start [-- --no-browser] [--port N] [--dir FOLDER] [--python PYTHON] [--verbose]

  --no-browser      print the address, open nothing
  --port N          listen on this port (default: the first free one from 8888)
  --dir FOLDER      where the demo is laid out (default: .demo)
  --python PYTHON   the Python to make the environment from (default: python3)
  --verbose         show Jupyter's log; else it is in .cache/jupyter.log
`;

/** Installs, builds and makes the Python environment, each when it is not current. Answers the environment's interpreter. */
export async function prepare({ python: told } = {}) {
  requireNode();
  await installNodePackages();
  await build();
  await installPython(told);
  return { python };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();

async function main() {
  const options = readOptions();
  try {
    await prepare(options);
    const folder = resolve(root, options.dir ?? ".demo");
    if (demoIsIncomplete(demo, folder)) {
      await step("Laying out the demo", (note) => prepareDemo(demo, folder, python, note));
    }
    await serve(folder, options);
  } catch (error) {
    process.stderr.write(`\n${error.message}\n`);
    process.exit(1);
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        "no-browser": { type: "boolean" },
        port: { type: "string" },
        dir: { type: "string" },
        python: { type: "string" },
        verbose: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      process.stdout.write(usage);
      process.exit(0);
    }
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
      throw new Error(`--port ${values.port} is not a port.`);
    }
    return { ...values, port };
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(
    `Lookback needs Node 20.19 or newer; this is ${process.versions.node}. Nothing was changed.`,
  );
}

async function installNodePackages() {
  if (packagesAreCurrent(root)) return;
  await step("Installing Node packages", (note) => installPackages(root, note));
}

async function build() {
  const stamp = join(root, ".cache", "built");
  const digest = digestOf([
    join(root, "package-lock.json"),
    ...["kernel-bridge", "pipeline", "lsp-server", "extension"].map((folder) => join(root, folder)),
  ]);
  const made = [
    join(root, "lsp-server", "service", "dist", "lookback.mjs"),
    join(root, "extension", "jupyterlab", "labextension", "package.json"),
  ];
  if (!outdated(stamp, digest) && made.every(existsSync)) return;
  await step("Building Lookback", async () => {
    const { buildServer } = await import("../lsp-server/service/build.mjs");
    const { buildLabextension } = await import("./jupyterlab/build-labextension.mjs");
    await Promise.all([buildServer(), buildLabextension()]);
  });
  remember(stamp, digest);
}

async function installPython(told) {
  const stamp = join(environment, "lookback-requirements");
  const requirements = join(demo, "requirements.txt");
  const digest = digestOfBytes(requirements);
  if (outdated(stamp, digest) || !existsSync(python)) {
    const base = findPython(told);
    await step("Making a Python environment in .venv", (note) =>
      makeEnvironment(base, environment, requirements, note),
    );
    remember(stamp, digest);
  }
  linkCheckout(environment, root);
}

async function serve(folder, options) {
  mkdirSync(join(root, ".cache"), { recursive: true });
  const file = createWriteStream(join(root, ".cache", "jupyter.log"));
  const log = (text) => (options.verbose ? process.stderr.write(text) : file.write(text));
  // Heard from before it starts: a Ctrl-C in its first seconds must not leave it behind.
  const stopping = new AbortController();
  const stop = () => {
    if (!stopping.signal.aborted) process.stdout.write("\nEnding JupyterLab and its kernels …\n");
    stopping.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  const { signal } = stopping;
  const server = await step("Starting JupyterLab", () =>
    startJupyter({ python, folder, port: options.port, notebook: "late-flight.ipynb", log, signal }),
  );
  if (!signal.aborted) {
    process.stdout.write(`\n  ${server.url}\n\nCtrl-C ends it.\n`);
    if (!options["no-browser"]) openBrowser(server.url);
  }
  const code = await server.ended;
  if (signal.aborted) process.exit(0);
  process.stderr.write(`JupyterLab ended by itself (${code}); its log is in .cache/jupyter.log.\n`);
  process.exit(1);
}
