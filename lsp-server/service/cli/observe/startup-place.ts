import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Io } from "../command.ts";
import { pythonAt } from "../workspace.ts";

/** Where a file lies that IPython runs as each kernel starts. */
export interface StartupPlace {
  readonly file: string;
  /** What went wrong in kernels that could not be observed. */
  readonly log: string;
  /** Whose kernels these are, in words. */
  readonly whose: string;
}

/** For all kernels of the person: their IPython profile. For those of one Python: the folder of its environment, where IPython looks too. */
export async function startupPlace(io: Io, python: string | undefined): Promise<StartupPlace> {
  if (python === undefined) {
    const profile = join(io.env.IPYTHONDIR || join(homedir(), ".ipython"), "profile_default");
    return { ...placeIn(profile), whose: "of every Python, in your IPython profile" };
  }
  const path = pythonAt(io.cwd, python);
  const prefix = await promisify(execFile)(path, ["-c", "import IPython, sys; print(sys.prefix)"], {
    timeout: 30_000,
  }).catch((cause: unknown) => {
    throw new Failure("observe/no-ipython", `${path} is no Python that has IPython. Nothing was changed.`, {
      advice: `Install it with: ${path} -m pip install ipykernel`,
      cause,
    });
  });
  return { ...placeIn(join(prefix.stdout.trim(), "etc", "ipython")), whose: `of ${path}` };
}

function placeIn(folder: string) {
  return { file: join(folder, "startup", "50-lookback.py"), log: join(folder, "log", "lookback.log") };
}
