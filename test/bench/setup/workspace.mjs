import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An empty folder for what a benchmark writes; gone when it has ended. */
export function workspace() {
  const folder = mkdtempSync(join(tmpdir(), "lookback-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
