/**
 * `npm run mutate -- FOLDER`: plants faults in every file of a folder and lists those that no test notices.
 *
 *     npm run mutate -- lsp-server/language/join [--tests GLOB]
 *
 * The tests of the folder's own package are run, only those that reach the fault.
 */
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";

const root = join(import.meta.dirname, "..");
const { values, positionals } = parseArgs({
  options: { tests: { type: "string" } },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined || !existsSync(resolve(root, folder))) {
  process.stderr.write(
    `${folder === undefined ? "No folder was named" : `There is no folder ${folder}`}. Nothing was mutated.\n\nnpm run mutate -- FOLDER [--tests GLOB]\n`,
  );
  process.exit(2);
}
const place = relative(root, resolve(root, folder)).replaceAll("\\", "/");
process.chdir(root);
process.env.LOOKBACK_TESTS = values.tests ?? `${place.split("/").slice(0, 2).join("/")}/**/*.test.ts`;

const results = await new Stryker({
  mutate: [
    /\.tsx?$/.test(place) ? place : `${place}/**/*.{ts,tsx}`,
    "!**/*.test.{ts,tsx}",
    "!**/*.d.ts",
    "!**/dist/**",
    "!**/fixtures/**",
  ],
  testRunner: "vitest",
  vitest: { configFile: "test/vitest-mutate.config.ts" },
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 20_000,
  tempDirName: ".cache/mutants",
  cleanTempDir: "always",
  ignorePatterns: [
    "**/dist",
    "extension/jupyterlab/labextension",
    ".demo",
    ".venv",
    ".cache",
    "test/screenshots",
  ],
  reporters: ["clear-text", "progress-append-only"],
  clearTextReporter: { logTests: false, allowColor: process.stdout.isTTY },
  allowConsoleColors: process.stdout.isTTY,
  disableTypeChecks: false,
}).runMutationTest();

const killed = results.filter(({ status }) => status === "Killed" || status === "Timeout").length;
const survived = results.filter(({ status }) => status === "Survived" || status === "NoCoverage").length;
console.log(`${killed} faults noticed, ${survived} not, in ${place}`);
