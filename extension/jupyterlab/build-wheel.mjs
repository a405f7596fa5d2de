/** Packs the wheel for this machine's platform: labextension, socket, language server, native modules, Python files. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { buildServer, nativePackages, version } from "../../lsp-server/service/build.mjs";
import { copyNativePackages } from "../vscode/copy-native-packages.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");

/** DuckDB's Node binding sets the floor on Linux: glibc 2.28. */
const platforms = {
  "linux-x64": "manylinux_2_28_x86_64",
  "linux-arm64": "manylinux_2_28_aarch64",
  "darwin-x64": "macosx_13_0_x86_64",
  "darwin-arm64": "macosx_13_0_arm64",
  "win32-x64": "win_amd64",
};

/** Answers the wheel's path. `labextension` is the built one; `python` has pip, which fetches hatchling for the build. */
export async function buildWheel({ labextension, python }) {
  const platform = platforms[`${process.platform}-${process.arch}`];
  if (platform === undefined) {
    throw new Error(`No wheel is made for ${process.platform}-${process.arch}: DuckDB has no binary for it.`);
  }
  const stage = join(here, "dist", "wheel");
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  const noCaches = { recursive: true, filter: (path) => !path.includes("__pycache__") };
  cpSync(join(here, "python"), stage, noCaches);
  cpSync(join(root, "LICENSE"), join(stage, "LICENSE"));
  cpSync(labextension, join(stage, "labextension"), { recursive: true });
  cpSync(join(root, "kernel-bridge", "python", "lookback"), join(stage, "lookback"), noCaches);
  await stageServer(join(stage, "lookback_jupyterlab", "server"));

  const wheels = join(here, "dist", "wheels");
  rmSync(wheels, { recursive: true, force: true });
  const flags = ["wheel", "--no-deps", "--disable-pip-version-check", "--wheel-dir", wheels, stage];
  try {
    await promisify(execFile)(python, ["-m", "pip", ...flags], {
      maxBuffer: 1 << 26,
      env: { ...process.env, LOOKBACK_WHEEL_PLATFORM: platform, LOOKBACK_VERSION: version },
    });
  } catch (error) {
    throw new Error(`The wheel was not built.\n${error.stdout ?? ""}${error.stderr ?? error.message}`);
  }
  const wheel = join(wheels, readdirSync(wheels)[0]);
  console.log(`${wheel}, ${(statSync(wheel).size / 1e6).toFixed(1)} MB`);
  return wheel;
}

/** Laid out as in the checkout, so that the entry finds its bundle and the bundle its packages. */
async function stageServer(folder) {
  const server = join(folder, "lsp-server", "service");
  await buildServer(join(server, "dist"));
  for (const path of readdirSync(join(server, "dist"), { recursive: true })) {
    if (path.endsWith(".map")) rmSync(join(server, "dist", path));
  }
  cpSync(join(root, "lsp-server", "service", "bin"), join(server, "bin"), { recursive: true });
  copyNativePackages(nativePackages, join(root, "lsp-server", "service"), join(folder, "node_modules"));
}
