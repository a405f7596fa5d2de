/**
 * `npm run matrix [-- LIBRARY…]`: what a run records of what ordinary libraries do, each case in a real kernel with the real library. Writes the
 * table in `kernel-bridge/CAPTURE.md` when all libraries ran. The libraries are installed into `.cache/matrix` the first time
 * (several gigabytes); LOOKBACK_MATRIX_PYTHON names a Python that has them.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const python = process.env.LOOKBACK_MATRIX_PYTHON ?? install(join(root, ".cache", "matrix"));
const { status } = spawnSync("npx", ["vitest", "run", "--config", "test/matrix/vitest.config.ts"], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
    LOOKBACK_MATRIX_PYTHON: python,
    LOOKBACK_MATRIX_LIBRARIES: process.argv.slice(2).join(),
  },
});
process.exitCode = status ?? 1;

function install(folder) {
  const bin = join(folder, process.platform === "win32" ? "Scripts" : "bin", "python");
  if (!existsSync(join(folder, "complete"))) {
    const run = (command, ...args) => execFileSync(command, args, { stdio: "inherit" });
    run("python3", "-m", "venv", folder);
    run(bin, "-m", "pip", "install", "--quiet", "-r", join(import.meta.dirname, "requirements.txt"));
    run(bin, "-c", `open(${JSON.stringify(join(folder, "complete"))}, "w").close()`);
  }
  return bin;
}
