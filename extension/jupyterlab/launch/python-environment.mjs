import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runProgram } from "./run-program.mjs";

const windows = process.platform === "win32";
const oldest = [3, 10];

/** The interpreter of an environment. */
export function interpreterOf(environment) {
  return windows ? join(environment, "Scripts", "python.exe") : join(environment, "bin", "python");
}

/** The first Python new enough: as told, `LOOKBACK_PYTHON`, then what is on the path. Throws with what was found instead. */
export function findPython(told) {
  const named = [told, process.env.LOOKBACK_PYTHON].filter(Boolean);
  const candidates =
    named.length > 0
      ? named
      : ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"];
  const seen = [];
  for (const candidate of candidates) {
    const version = versionOf(candidate);
    if (version === null) continue;
    if (version[0] === oldest[0] && version[1] >= oldest[1]) return candidate;
    seen.push(`${candidate} is ${version.join(".")}`);
  }
  throw new Error(
    `Python 3.10 or newer was not found (${seen.join(", ") || `tried ${candidates.join(", ")}`}). ` +
      "Install it, or name one: npm start -- --python /path/to/python3. Nothing was changed.",
  );
}

/** Makes the environment and installs the requirements. Where Debian keeps ensurepip apart, the system's pip installs into it. */
export async function makeEnvironment(python, environment, requirements, heard) {
  if (!existsSync(interpreterOf(environment))) await createVenv(python, environment);
  const inside = interpreterOf(environment);
  const flags = [
    "install",
    "--disable-pip-version-check",
    "--no-input",
    "--progress-bar",
    "off",
    "-r",
    requirements,
  ];
  const ownPip = await works(inside, ["-m", "pip", "--version"]);
  if (ownPip) await runProgram(inside, ["-m", "pip", ...flags], { heard });
  else await runProgram(python, ["-m", "pip", "--python", inside, ...flags], { heard });
}

/** Lets the environment use this checkout as it is, so that a rebuild shows at the next page load. */
export function linkCheckout(environment, root) {
  const jupyterlab = join(root, "extension", "jupyterlab");
  const paths = [join(jupyterlab, "python"), join(root, "kernel-bridge", "python")];
  writeFileSync(join(sitePackages(environment), "lookback-checkout.pth"), `${paths.join("\n")}\n`);

  const extension = join(environment, "share", "jupyter", "labextensions", "@lookback", "jupyterlab");
  mkdirSync(dirname(extension), { recursive: true });
  rmSync(extension, { recursive: true, force: true });
  symlinkSync(join(jupyterlab, "labextension"), extension, windows ? "junction" : "dir");

  writeJson(join(environment, "etc", "jupyter", "jupyter_server_config.d", "lookback_jupyterlab.json"), {
    ServerApp: { jpserver_extensions: { lookback_jupyterlab: true } },
  });
  // JupyterLab's own scripts are CommonJS; without this, the checkout's package.json makes them modules.
  writeJson(join(environment, "package.json"), {});
  // JupyterLab asks on first sight whether it may fetch news; the demo needs no network and no question.
  writeJson(join(environment, "share", "jupyter", "lab", "settings", "overrides.json"), {
    "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
  });
}

async function createVenv(python, environment) {
  try {
    await runProgram(python, ["-m", "venv", environment]);
    return;
  } catch (error) {
    rmSync(environment, { recursive: true, force: true });
    if (!(await works(python, ["-m", "pip", "--version"]))) {
      throw new Error(
        `${python} cannot make an environment, and has no pip. On Debian and Ubuntu: sudo apt install python3-venv. ` +
          `Nothing was installed.\n${error.message}`,
      );
    }
  }
  await runProgram(python, ["-m", "venv", "--without-pip", environment]);
}

async function works(command, args) {
  try {
    await runProgram(command, args);
    return true;
  } catch {
    return false;
  }
}

function versionOf(python) {
  try {
    const text = execFileSync(python, ["-c", "import sys; print(*sys.version_info[:3])"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return text.trim().split(" ").map(Number);
  } catch {
    return null;
  }
}

function sitePackages(environment) {
  if (windows) return join(environment, "Lib", "site-packages");
  const [python] = readdirSync(join(environment, "lib")).filter((name) => name.startsWith("python3"));
  return join(environment, "lib", python, "site-packages");
}

function writeJson(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
