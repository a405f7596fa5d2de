import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Failure } from "../failure.ts";
import { pythonPlaces } from "../processes/python-places.ts";

/**
 * The Python that shall run a kernel: the one named, else `LOOKBACK_PYTHON`, the active virtual environment, `.venv` in the
 * folder or above it, `python3`, `python`; the first that exists and can import ipykernel.
 *
 * Fails with `kernels/no-python`, `kernels/no-ipykernel` or `kernels/broken-python`; a Python that was named is never passed over.
 */
export async function findPython(
  folder: string,
  named?: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string> {
  const wanted = named ?? env.LOOKBACK_PYTHON;
  const candidates = wanted === undefined ? pythonPlaces(folder, env) : [wanted];
  let lacking: Failure | null = null;
  let broken: Failure | null = null;
  for (const candidate of candidates) {
    const state = await probe(candidate);
    if (state === "ready") return candidate;
    if (state === "no-ipykernel") lacking ??= withoutIpykernel(candidate);
    else if (state !== "absent") broken ??= notStarting(candidate, state.reason);
  }
  const why = lacking ?? broken;
  if (why !== null) throw why;
  throw new Failure(
    "kernels/no-python",
    `No Python was found${wanted ? ` at ${wanted}` : ""}. No kernel was started.`,
    {
      advice: "Install Python 3.10 or newer, or name one with --python or LOOKBACK_PYTHON.",
    },
  );
}

function withoutIpykernel(python: string): Failure {
  return new Failure("kernels/no-ipykernel", `${python} has no ipykernel. No kernel was started.`, {
    advice: `Install it with: ${python} -m pip install ipykernel`,
    data: { python },
  });
}

function notStarting(python: string, reason: string): Failure {
  return new Failure(
    "kernels/broken-python",
    `${python} cannot be used as a Python: ${reason}. No kernel was started.`,
    { advice: `See what it says: ${python} -c "import ipykernel"`, data: { python } },
  );
}

type Probed = "ready" | "no-ipykernel" | "absent" | { readonly reason: string };

async function probe(python: string): Promise<Probed> {
  try {
    await promisify(execFile)(python, ["-c", "import ipykernel"], { timeout: LONGEST_MS });
    return "ready";
  } catch (error) {
    const {
      code,
      killed,
      stderr = "",
    } = error as NodeJS.ErrnoException & { killed?: boolean; stderr?: string };
    if (code === "ENOENT") return "absent";
    const said = stderr.trim().split("\n").at(-1) ?? "";
    // The package itself: a module that it lacks is another thing to install.
    if (/^ModuleNotFoundError: No module named 'ipykernel'$/.test(said)) return "no-ipykernel";
    if (killed) return { reason: `it did not answer within ${LONGEST_MS / 1_000} seconds` };
    return { reason: said === "" ? `it ended with ${code}` : said.replace(/\.$/, "") };
  }
}

const LONGEST_MS = 30_000;
