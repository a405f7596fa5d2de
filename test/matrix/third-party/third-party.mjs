/**
 * `npm run third-party [-- WORD…]`: runs notebooks that other people wrote (the examples of scikit-learn, imbalanced-learn, statsmodels, LightGBM and XGBoost,
 * fetched once from registries into `.cache/third-party`) as they are and observed, and holds what was recorded against what their text
 * calls. With words only those whose name holds one of them. LOOKBACK_MATRIX_PYTHON names a Python with the libraries.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { libraryPython } from "../library-python.mjs";

const root = join(import.meta.dirname, "..", "..", "..");
const { status } = spawnSync(
  "npx",
  ["vitest", "run", "--config", "test/matrix/third-party/vitest.config.ts"],
  {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      LOOKBACK_MATRIX_PYTHON: libraryPython(root),
      LOOKBACK_THIRD_PARTY_NOTEBOOKS: process.argv.slice(2).join(),
    },
  },
);
process.exitCode = status ?? 1;
