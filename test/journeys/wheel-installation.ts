import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "..", "..");
const wheels = join(root, "extension", "jupyterlab", "dist", "wheels");

/** The wheel in an environment that has JupyterLab and nothing else, far from the checkout. */
export interface WheelInstallation {
  /** Holds the environment, a home, and whatever a test puts there; goes with `remove`. */
  readonly scratch: string;
  /** The folder of the virtual environment. */
  readonly environment: string;
  /** Path of the wheel that was installed. */
  readonly wheel: string;
  /** All a program in there is told: a home of its own, Node, and nothing that names the checkout. */
  readonly variables: Readonly<Record<string, string>>;
  /** Runs a program of the environment in `scratch`. Answers all it said; rejects when it fails. */
  run(program: string, args: readonly string[]): Promise<string>;
  /** Every file of the environment, from its folder, sorted; pip leaves an empty folder standing. */
  files(): string[];
  /** The same before the wheel was installed. */
  readonly filesBefore: readonly string[];
  remove(): void;
}

interface PythonEnvironments {
  makeEnvironment(python: string, folder: string, requirements: string): Promise<void>;
}

/** Builds the wheel as `npm run build` does and, meanwhile, makes the environment; then installs the one in the other, with pip. */
export async function installWheel(): Promise<WheelInstallation> {
  const scratch = mkdtempSync(join(tmpdir(), "lookback-wheel-"));
  try {
    return await install(scratch);
  } catch (cause) {
    rmSync(scratch, { recursive: true, force: true });
    throw cause;
  }
}

async function install(scratch: string): Promise<WheelInstallation> {
  const environment = join(scratch, "environment");
  const home = join(scratch, "home");
  mkdirSync(home);
  const launcher = pathToFileURL(
    join(root, "extension", "jupyterlab", "launch", "python-environment.mjs"),
  ).href;
  const { makeEnvironment }: PythonEnvironments = await import(launcher);
  const python = await basePython();
  const need = async (...lines: string[]) => {
    const requirements = join(scratch, "requirements.txt");
    writeFileSync(requirements, `${lines.join("\n")}\n`);
    await makeEnvironment(python, environment, requirements);
  };
  await Promise.all([
    promisify(execFile)(process.execPath, [join(root, "extension", "jupyterlab", "build.mjs")]),
    need(pinnedJupyterLab(), "pip"),
  ]);
  const files = () => filesOf(environment);
  const filesBefore = files();
  const wheel = join(wheels, readdirSync(wheels)[0] ?? "");
  await need(wheel);
  const variables = {
    HOME: home,
    PATH: [join(environment, "bin"), dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
    LANG: "C.UTF-8",
  };
  return {
    scratch,
    environment,
    wheel,
    variables,
    async run(program, args) {
      const path = program === "node" ? process.execPath : join(environment, "bin", program);
      const { stdout, stderr } = await promisify(execFile)(path, args, { cwd: scratch, env: variables });
      return stdout + stderr;
    },
    files,
    filesBefore,
    remove: () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** The interpreter behind the tests' own environment, which must not lend the new one its packages. */
async function basePython(): Promise<string> {
  const ask = ["-c", "import sys; print(getattr(sys, '_base_executable', sys.executable))"];
  const { stdout } = await promisify(execFile)(process.env.LOOKBACK_PYTHON ?? "python3", ask);
  return stdout.trim();
}

function pinnedJupyterLab(): string {
  const requirements = readFileSync(join(root, "extension", "demo", "requirements.txt"), "utf8");
  const pin = /^jupyterlab==\S+$/m.exec(requirements)?.[0];
  if (pin === undefined) throw new Error("The demo's requirements pin no jupyterlab; nothing was installed.");
  return pin;
}

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
