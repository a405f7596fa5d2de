import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..", "..");

/** Every file of the house, ignored ones aside, whether committed yet or not; paths from the root. */
export const files: readonly string[] = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard"],
  { cwd: root, encoding: "utf8" },
)
  .trim()
  .split("\n")
  .filter((path) => existsSync(join(root, path)));

/** What has imports. */
export const code = files.filter((path) => /\.(tsx?|mjs|cjs|py|css)$/.test(path) && !path.endsWith(".d.ts"));

/** Code that ships or builds what ships: no tests, nothing that only tests and benchmarks use. */
export const production = code.filter(
  (path) => !isTest(path) && !path.startsWith("test/") && !path.split("/").includes("fixtures"),
);

export function isTest(path: string): boolean {
  return /\.test\.tsx?$|(^|\/)(test_[^/]*|conftest)\.py$/.test(path);
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Whether a path is the folder or file, or lies below it. */
export function within(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
