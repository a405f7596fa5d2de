import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * A Python that has the ordinary libraries: the one that LOOKBACK_MATRIX_PYTHON names, else one into which they are installed the first time
 * (several gigabytes).
 */
export function libraryPython(root) {
  return process.env.LOOKBACK_MATRIX_PYTHON ?? install(join(root, ".cache", "matrix"));
}

function install(folder) {
  const bin = join(folder, process.platform === "win32" ? "Scripts" : "bin", "python");
  if (!existsSync(join(folder, "complete"))) {
    const run = (command, ...args) => execFileSync(command, args, { stdio: "inherit" });
    const lists = [".", "third-party"].map((room) => join(import.meta.dirname, room, "requirements.txt"));
    run("python3", "-m", "venv", folder);
    run(bin, "-m", "pip", "install", "--quiet", ...lists.flatMap((list) => ["-r", list]));
    run(bin, "-c", `open(${JSON.stringify(join(folder, "complete"))}, "w").close()`);
  }
  return bin;
}
