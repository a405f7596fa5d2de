/**
 * `node test/python/check.mjs`: format, lint and types of every Python file of the repository, as far as git knows it.
 * The tools are installed into `.venv`, which is made where there is none; `--fix` formats and mends what can be mended.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  findPython,
  interpreterOf,
  makeEnvironment,
} from "../../extension/jupyterlab/launch/python-environment.mjs";
import { digestOfBytes, outdated, remember } from "../../extension/jupyterlab/launch/steps.mjs";

const root = join(import.meta.dirname, "..", "..");
const environment = join(root, ".venv");
const python = interpreterOf(environment);

/** Whether every tool passes; what they say goes to the terminal. */
export async function checkPython({ fix = false } = {}) {
  await installTools();
  const config = join(import.meta.dirname, "ruff.toml");
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.py"], {
    cwd: root,
    encoding: "utf8",
  })
    .trim()
    .split("\n")
    .filter((path) => existsSync(join(root, path)));
  const tools = [
    ["ruff", "check", "--config", config, ...(fix ? ["--fix"] : []), ...files],
    ["ruff", "format", "--config", config, ...(fix ? [] : ["--check"]), ...files],
    [
      "mypy",
      "--config-file",
      join(import.meta.dirname, "mypy.ini"),
      "--cache-dir",
      join(root, ".cache", "mypy"),
      ...files,
    ],
  ];
  const failed = tools.filter(
    (args) => spawnSync(python, ["-m", ...args], { cwd: root, stdio: "inherit" }).status !== 0,
  );
  return failed.length === 0;
}

async function installTools() {
  const requirements = join(import.meta.dirname, "requirements.txt");
  const stamp = join(environment, "lookback-python-tools");
  const digest = digestOfBytes(requirements);
  if (!outdated(stamp, digest) && existsSync(python)) return;
  await makeEnvironment(findPython(), environment, requirements, () => undefined);
  remember(stamp, digest);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = (await checkPython({ fix: process.argv.includes("--fix") })) ? 0 : 1;
}
