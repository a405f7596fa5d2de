import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { Failure } from "../failure.ts";

/**
 * The Python that shall run a kernel: the one named, else `LOOKBACK_PYTHON`, the active virtual environment, `.venv` in the
 * folder or above it, `python3`, `python`; the first that exists and can import ipykernel.
 *
 * Fails with `kernels/no-python` or `kernels/no-ipykernel`; a Python that was named is never passed over.
 */
export async function findPython(
  folder: string,
  named?: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string> {
  const wanted = named ?? env.LOOKBACK_PYTHON;
  const candidates = wanted === undefined ? guesses(folder, env) : [wanted];
  let found: string | null = null;
  for (const candidate of candidates) {
    const state = await probe(candidate);
    if (state === "ready") return candidate;
    if (state === "no-ipykernel") found ??= candidate;
  }
  if (found !== null) {
    throw new Failure("kernels/no-ipykernel", `${found} has no ipykernel. No kernel was started.`, {
      advice: `Install it with: ${found} -m pip install ipykernel`,
      data: { python: found },
    });
  }
  throw new Failure(
    "kernels/no-python",
    `No Python was found${wanted ? ` at ${wanted}` : ""}. No kernel was started.`,
    {
      advice: "Install Python 3.10 or newer, or name one with --python or LOOKBACK_PYTHON.",
    },
  );
}

function guesses(folder: string, env: Readonly<Record<string, string | undefined>>): string[] {
  const bin = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  const environments = [env.VIRTUAL_ENV, env.CONDA_PREFIX].flatMap((root) => root ?? []);
  for (let at = folder; ; at = join(at, "..")) {
    environments.push(join(at, ".venv"));
    if (join(at, "..") === at) break;
  }
  const inPath = (env.PATH ?? "")
    .split(delimiter)
    .flatMap((dir) => ["python3", "python"].map((name) => join(dir, name)));
  return [...environments.map((root) => join(root, ...bin)), ...inPath].filter((path) => existsSync(path));
}

async function probe(python: string): Promise<"ready" | "no-ipykernel" | "absent"> {
  try {
    await promisify(execFile)(python, ["-c", "import ipykernel"], { timeout: 30_000 });
    return "ready";
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT" ? "absent" : "no-ipykernel";
  }
}
