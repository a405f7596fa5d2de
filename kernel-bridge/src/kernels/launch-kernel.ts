import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../failure.ts";
import { connectKernel, type KernelConnection } from "./connect-kernel.ts";
import { findPython } from "./find-python.ts";

/** A kernel of our own, as a child process reached over loopback with signed messages. */
export interface Kernel extends KernelConnection {
  readonly id: string;
  readonly python: string;
  /** Stops what is executing, as Ctrl-C would, in the kernel and in what it started; code may go on all the same. */
  interrupt(): void;
  /** Ends the process and everything it started, at once: what waits for an answer is told `kernels/died`. */
  end(): void;
  /** Lets the process end by itself where it executes nothing, then ends it and everything it started; safe to call twice. */
  shutdown(): Promise<void>;
}

/** How long a kernel may take to end by itself, as its threads end and what is registered for its exit runs: as long as nbclient waits. */
const exitMs = 5_000;

/** ipykernel ends by itself once the process of this id is gone: a kill −9 of ours leaves no kernel behind. */
const orphanGuard = { JPY_PARENT_PID: String(process.pid) };

export interface LaunchOptions {
  /** Working folder of the kernel: the notebook's own. */
  readonly cwd: string;
  /** Python to use; found by `findPython` when absent. */
  readonly python?: string;
  /** The whole environment of the kernel; that of this process when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Aborted while the kernel starts: it is ended. Afterwards it has no effect. */
  readonly signal?: AbortSignal;
  /** Called once when the process ends without having been shut down. */
  readonly onDeath?: (failure: Failure) => void;
}

/**
 * Starts a Python kernel and waits until it answers.
 *
 * Fails with `kernels/no-python`, `kernels/no-ipykernel`, `kernels/broken-python` or `kernels/start` (with the end of what the process printed).
 */
export async function launchKernel(options: LaunchOptions): Promise<Kernel> {
  const env = options.env ?? process.env;
  const python = await findPython(options.cwd, options.python, env);
  const folder = await mkdtemp(join(tmpdir(), "lookback-kernel-"));
  const file = join(folder, "connection.json");
  const child = spawn(python, ["-m", "ipykernel_launcher", "-f", file], {
    cwd: options.cwd,
    // On a busy machine, OpenMP threads that spin while they wait take the processor from those they wait for.
    env: {
      OMP_WAIT_POLICY: "PASSIVE",
      // Read by `lookback_startup.py`: whoever launches here brings the observer, or wants none.
      LOOKBACK_OBSERVES: "itself",
      ...env,
      PYDEVD_DISABLE_FILE_VALIDATION: "1",
      ...orphanGuard,
    },
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  const printed = tailOf(child);
  let ended = false;
  const forget = () => rm(folder, { recursive: true, force: true });
  const gone = new Promise<Failure>((resolve) => {
    const end = (reason: string, cause?: unknown) => {
      ended = true;
      void forget();
      resolve(deathOf(reason, printed(), cause));
    };
    child.once("exit", (code, signal) =>
      end(signal ? `it was ended by ${signal}` : `it exited with ${code}`),
    );
    child.once("error", (error) => end(error.message, error));
  });
  const kill = (signal: NodeJS.Signals) => {
    if (!ended) endGroup(child, signal);
  };
  // A kernel must not outlive the process that asked for it.
  const onExit = () => kill("SIGKILL");
  process.once("exit", onExit);
  const cancel = () => kill("SIGKILL");
  options.signal?.addEventListener("abort", cancel, { once: true });

  let connection: KernelConnection;
  const stuck = unkillable();
  const lost = Promise.race([gone, stuck.gaveUp]);
  try {
    connection = await connectKernel(await connectionInfo(file, gone, options.signal), lost);
    if (options.signal?.aborted) throw canceled();
  } catch (cause) {
    kill("SIGKILL");
    process.off("exit", onExit);
    await forget();
    throw options.signal?.aborted ? canceled(cause) : cause;
  } finally {
    options.signal?.removeEventListener("abort", cancel);
  }
  let shut = false;
  void lost.then((failure) => {
    process.off("exit", onExit);
    connection.close();
    if (!shut) options.onDeath?.(failure);
  });
  return {
    ...connection,
    id: randomUUID(),
    python,
    interrupt: () => kill("SIGINT"),
    end() {
      kill("SIGKILL");
      void gone.finally(stuck.wait());
    },
    async shutdown() {
      shut = true;
      const isAsked = connection.askToEnd();
      connection.close();
      if (isAsked) await Promise.race([gone, sleep(exitMs, undefined, { ref: false })]);
      kill("SIGTERM");
      await Promise.race([gone, sleep(3_000, undefined, { ref: false })]);
      // Also when the kernel itself is gone: what it started may ignore a polite signal.
      endGroup(child, "SIGKILL");
      await Promise.race([gone, sleep(3_000, undefined, { ref: false })]);
    },
  };
}

async function connectionInfo(file: string, gone: Promise<Failure>, signal?: AbortSignal) {
  let failure: Failure | null = null;
  void gone.then((it) => {
    failure = it;
  });
  for (const began = Date.now(); Date.now() - began < 60_000; await sleep(20)) {
    if (failure !== null) throw failure;
    if (signal?.aborted) throw canceled();
    try {
      return JSON.parse(await readFile(file, "utf8"));
    } catch {
      // Not written yet, or half written: ask again.
    }
  }
  throw new Failure("kernels/start", "The kernel did not start within 60 seconds. Nothing ran.");
}

function canceled(cause?: unknown): Failure {
  return new Failure("kernels/canceled", "Stopped before the kernel had started. Nothing ran.", { cause });
}

/** A process that waits for a device does not even heed SIGKILL: whoever waits for it is told after a while. */
function unkillable(): { readonly gaveUp: Promise<Failure>; wait(): () => void } {
  let giveUp: (failure: Failure) => void = () => undefined;
  const gaveUp = new Promise<Failure>((resolve) => {
    giveUp = resolve;
  });
  return {
    gaveUp,
    wait() {
      const timer = setTimeout(
        () => giveUp(deathOf("it does not end although it was killed", "", null)),
        5_000,
      );
      return () => clearTimeout(timer);
    },
  };
}

function deathOf(reason: string, printed: string, cause: unknown): Failure {
  return new Failure("kernels/died", `The kernel is gone: ${reason}. What was running did not finish.`, {
    advice: "Look for a crash or too little memory; what had finished before is recorded.",
    data: { printed },
    cause,
  });
}

/** The last 4,000 characters of what the process printed. */
function tailOf(child: ChildProcess): () => string {
  let tail = "";
  const keep = (chunk: Buffer) => {
    tail = (tail + chunk.toString("utf8")).slice(-4_000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  return () => tail;
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined && process.platform !== "win32") process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // Already gone.
  }
}
