import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a Python may be, the likeliest first: the active environment, `.venv` in the folder or above it, then what the path names. Only files that exist. */
export function pythonPlaces(folder: string, env: Readonly<Record<string, string | undefined>>): string[] {
  const ending = process.platform === "win32" ? ".exe" : "";
  const environments = [env.VIRTUAL_ENV, env.CONDA_PREFIX].flatMap((root) => root ?? []);
  for (let at = folder; ; at = join(at, "..")) {
    environments.push(join(at, ".venv"));
    if (join(at, "..") === at) break;
  }
  const inPath = (env.PATH ?? "")
    .split(delimiter)
    .flatMap((dir) => ["python3", "python"].map((name) => join(dir, `${name}${ending}`)));
  return [...environments.map(pythonOf), ...inPath].filter((path) => existsSync(path));
}

/** The Python of a virtual environment. */
export function pythonOf(environment: string): string {
  return join(environment, ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]));
}
