import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "./run-program.mjs";

/** True when node_modules holds what package-lock.json names. Optional packages (other platforms' binaries) may be absent. */
export function packagesAreCurrent(root) {
  const wanted = readLock(join(root, "package-lock.json"));
  const present = readLock(join(root, "node_modules", ".package-lock.json"));
  if (wanted === null || present === null) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      !path.startsWith("node_modules/") || optional || link || present[path]?.version === version,
  );
}

/** Installs exactly what package-lock.json names. */
export function installPackages(root, heard) {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  return runProgram(npm, ["ci", "--no-progress"], { cwd: root, heard, shell: process.platform === "win32" });
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages ?? null;
  } catch {
    return null;
  }
}
