/**
 * `npm test`: installs what the tests need, builds, and runs everything; the browser journeys come last.
 * `npm test -- --unit` leaves the journeys out; `npm test -- --journeys` runs only them; `npm test -- --slow` runs only
 * what takes long: stress, kill −9, sweeps, JupyterLabs with other people's packages. `--coverage` says of the units how many lines
 * they reach.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPython } from "./python/check.mjs";

const root = join(import.meta.dirname, "..");
const only = new Set(process.argv.slice(2));
const cache = join(root, ".cache");
mkdirSync(cache, { recursive: true });

if (!existsSync(join(root, "node_modules", ".package-lock.json"))) run("npm", ["ci", "--no-progress"]);
const { prepare } = await import("../extension/start.mjs");
const environment = await prepare();
const chromium = only.has("--unit") ? null : findChromium();
const env = {
  ...process.env,
  LOOKBACK_PYTHON: environment.python,
  ...(chromium ? { CHROMIUM: chromium } : {}),
};

const tallies = [];
if (only.has("--slow")) tallies.push(vitest("slow", "test/vitest.slow.config.ts"));
else {
  if (!only.has("--journeys"))
    tallies.push(
      await check(),
      vitest("unit", "test/vitest.config.ts", only.has("--coverage") ? ["--coverage"] : []),
    );
  if (!only.has("--unit")) tallies.push(vitest("journeys", "test/journeys/vitest.config.ts"));
}

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** Format and lint, types, dead code, and those of Python: one test each, since each can fail. */
async function check() {
  const tools = [
    ["biome", ["ci", "."]],
    ["tsc", ["-b"]],
    ["knip", ["-c", "test/knip.json"]],
  ];
  const failures = tools.filter(
    ([tool, args]) => spawnSync("npx", [tool, ...args], { cwd: root, stdio: "inherit" }).status !== 0,
  );
  const failed = failures.length + ((await checkPython()) ? 0 : 1);
  return { passed: tools.length + 1 - failed, failed };
}

function vitest(name, config, flags = []) {
  const report = join(cache, `${name}.json`);
  const { status } = spawnSync(
    "npx",
    [
      "vitest",
      "run",
      "--config",
      config,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...flags,
    ],
    { cwd: root, stdio: "inherit", env },
  );
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  // A file whose set-up fails has no failed test, yet has failed.
  const silent = testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = numFailedTests + silent;
  return { passed: numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed };
}

function findChromium() {
  const known = [
    process.env.CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  const found = known.find((path) => path && existsSync(path));
  if (found) return found;
  if (process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Chromium for the browser tests …");
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "chromium"]);
    return "/usr/bin/chromium";
  }
  throw new Error(
    "The browser tests need Chromium: install it, or name it in CHROMIUM. `npm test -- --unit` does without.",
  );
}

function run(command, args) {
  execFileSync(command, args, { cwd: root, stdio: "inherit" });
}
