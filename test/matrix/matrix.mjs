/**
 * `npm run matrix [-- LIBRARY…]`: what a run records of what ordinary libraries do, each case in a real kernel with the real library. Writes the
 * table in `kernel-bridge/CAPTURE.md` when all libraries ran. The libraries are installed into `.cache/matrix` the first time
 * (several gigabytes); LOOKBACK_MATRIX_PYTHON names a Python that has them.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { libraryPython } from "./library-python.mjs";

const root = join(import.meta.dirname, "..", "..");
const { status } = spawnSync("npx", ["vitest", "run", "--config", "test/matrix/vitest.config.ts"], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
    LOOKBACK_MATRIX_PYTHON: libraryPython(root),
    LOOKBACK_MATRIX_LIBRARIES: process.argv.slice(2).join(),
  },
});
process.exitCode = status ?? 1;
