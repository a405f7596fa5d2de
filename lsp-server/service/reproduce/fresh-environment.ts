import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { lockOf } from "@lookback/kernel-bridge/ledger/restore/lock-of.ts";
import { pythonOf } from "@lookback/kernel-bridge/processes/python-places.ts";

/** Makes a virtual environment of what the run had installed, and answers its Python. Fails with `reproduce/environment`, with the end of what was printed. */
export async function freshEnvironment(
  run: Run,
  python: string,
  folder: string,
  options: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly signal: AbortSignal;
    readonly onProgress: (step: string) => void;
  },
): Promise<string> {
  const text = lockOf(run);
  if (text === null)
    throw new Failure("reproduce/environment", "The run recorded no packages. Nothing ran.", {
      advice: "Reproduce it without --fresh-environment.",
    });
  const place = join(folder, "environment");
  const made = pythonOf(place);
  const lock = join(folder, "requirements.lock.txt");
  await writeFile(lock, text);
  options.onProgress("Making an environment");
  await ask(python, ["-m", "venv", place], options);
  options.onProgress(`Installing ${counted(Object.keys(run.environment.packages).length, "package")}`);
  // The list is all that was installed: nothing is to be looked for beside it.
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"];
  await ask(made, [...install, "--no-deps", "-r", lock], options);
  if (!Object.keys(run.environment.packages).some((name) => name.toLowerCase() === "ipykernel"))
    await ask(made, [...install, "ipykernel"], options);
  return made;
}

async function ask(
  python: string,
  args: readonly string[],
  {
    env,
    signal,
  }: { readonly env: Readonly<Record<string, string | undefined>>; readonly signal: AbortSignal },
): Promise<void> {
  const child = spawn(python, args, { env: { ...env }, signal, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      printed = (printed + chunk.toString("utf8")).slice(-4_000);
    });
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  if (code === 0 || signal.aborted) return;
  const last = printed
    .trim()
    .split("\n")
    .findLast((line) => /error/i.test(line));
  throw new Failure(
    "reproduce/environment",
    `The environment could not be made${last === undefined ? "" : `: ${last.trim().slice(0, 300)}`}. Nothing ran.`,
    {
      advice: "Reproduce it without --fresh-environment, with a Python of your own: --python PATH.",
      data: { printed },
    },
  );
}
