import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { frame, frameReader } from "./frames.ts";
import { BOOTSTRAP } from "./worker-source.ts";

/** A process that holds a model. It is asked one thing at a time. */
export interface Worker {
  readonly pid: number;
  /** Fails with the reason when the process ends first. */
  ask(request: unknown): Promise<Reply>;
  /** How the process ended, as a clause; resolves whenever it does. */
  readonly ended: Promise<string>;
  /** Lets it end by itself, and ends it where it does not. */
  end(): Promise<void>;
  kill(): void;
}

/** What a worker answers: the program's own words, in `pipeline/python/worker`. */
export type Reply =
  | { readonly rows: readonly (readonly (string | number | boolean)[])[]; readonly kinds: readonly string[] }
  | { readonly fault: string; readonly what: string; readonly python?: string };

/** What the program is told of the model before it is given it. */
export interface WorkerSettings {
  readonly python: string;
  readonly packages: Readonly<Record<string, string>>;
  readonly takes: "frame" | "array" | "texts";
  readonly method: string;
  readonly classes: readonly string[] | null;
  readonly inputs: readonly { readonly name: string; readonly type: string }[];
}

export interface WorkerOptions {
  readonly python: string;
  /** Where it runs: a folder in which nothing lies that a model may take for its own. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly source: string;
  readonly settings: WorkerSettings;
  /** As they were verified: never read again from a path. Null asks whether this Python would do, and nothing more. */
  readonly model: Uint8Array | null;
  /** Hears what it prints, of which no more than a bound is passed on. */
  readonly heard: (text: string) => void;
  readonly loadMs: number;
}

/** Starts a worker and waits until it has loaded the model. Fails with a `WorkerFault`: why it would not, or how it ended. */
export async function startWorker(options: WorkerOptions, signal: AbortSignal): Promise<Worker> {
  const { python, cwd, env, source, settings, model, loadMs } = options;
  signal.throwIfAborted();
  const child = spawn(python, ["-c", BOOTSTRAP], {
    ...{ cwd, env: { ...env }, stdio: ["pipe", "pipe", "pipe"], windowsHide: true },
    // A group of its own: an interrupt at the terminal is the server's to see, and what the model starts ends with it.
    detached: process.platform !== "win32",
  });
  const kill = () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) killGroup(child.pid);
  };
  hear(child.stderr, options.heard);
  let asked: { resolve: (reply: Reply) => void; reject: (error: unknown) => void } | null = null;
  let over: string | null = null;
  let late = false;
  const ended = new Promise<string>((resolve) => {
    const end = (how: string) => {
      if (over !== null) return;
      over = how;
      alive.delete(kill);
      asked?.reject(gone(how));
      asked = null;
      resolve(how);
    };
    child.once("error", (error) => end(`it could not be started: ${error.message}`));
    child.once("exit", (code, by) => {
      const how = late
        ? `it did not load within ${loadMs / 1_000} s`
        : by === null
          ? `it ended with code ${code}`
          : `it was ended by ${by}`;
      // What the model started would hold the pipes open, and the machine busy.
      killGroup(child.pid!);
      child.once("close", () => end(how));
      setTimeout(() => end(how), PIPES_MS).unref();
    });
  });
  // Written to one that has ended: that it has is told by its end.
  child.stdin.on("error", () => undefined);
  const read = frameReader((body) => {
    const waiting = asked;
    asked = null;
    waiting?.resolve(JSON.parse(body.toString("utf8")) as Reply);
  });
  child.stdout.on("data", (piece: Buffer) => {
    if (!read(piece)) kill();
  });
  const send = (...bodies: (Uint8Array | string)[]) => {
    for (const body of bodies) for (const part of frame(body)) child.stdin.write(part);
  };
  const reply = () =>
    new Promise<Reply>((resolve, reject) => {
      if (over === null) asked = { resolve, reject };
      else reject(gone(over));
    });
  watch(kill);

  const slow = setTimeout(() => {
    late = true;
    kill();
  }, loadMs);
  signal.addEventListener("abort", kill, { once: true });
  try {
    const loading = reply();
    send(source, JSON.stringify({ ...settings, probe: model === null }), ...(model === null ? [] : [model]));
    const first = await loading;
    if ("fault" in first) throw new WorkerFault(first);
  } catch (error) {
    kill();
    const how = await ended;
    throw error instanceof WorkerFault ? error : new WorkerFault({ fault: "ended", what: how });
  } finally {
    clearTimeout(slow);
    signal.removeEventListener("abort", kill);
  }
  return {
    pid: child.pid!,
    ended,
    kill,
    ask(request) {
      const answer = reply();
      send(JSON.stringify(request));
      return answer;
    },
    async end() {
      child.stdin.end();
      const slow = setTimeout(kill, END_MS);
      await ended;
      clearTimeout(slow);
    },
  };
}

/** Why a worker did not take the model. */
export class WorkerFault extends Error {
  readonly kind: string;
  /** The version of Python that refused, where that is why. */
  readonly python: string | null;

  constructor({ fault, what, python }: Extract<Reply, { fault: string }>) {
    super(what);
    this.kind = fault;
    this.python = python ?? null;
  }
}

const END_MS = 2_000;
const PIPES_MS = 1_000;

function gone(how: string): Failure {
  return new Failure(
    "serve/worker-ended",
    `The Python process that runs the model is gone: ${how}. No prediction was made.`,
    {
      advice:
        "The pipeline's log holds what it said last. Another is started: ask again, with other rows if these end it.",
      data: { how },
    },
  );
}

function killGroup(pid: number): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}

/** What is still to be ended when this process ends. One that is killed cannot: its workers see that their input has ended. */
const alive = new Set<() => void>();

function watch(kill: () => void): void {
  if (alive.size === 0) {
    process.removeListener("exit", endAll);
    process.on("exit", endAll);
  }
  alive.add(kill);
}

function endAll(): void {
  for (const kill of alive) kill();
}

/** Passes on what is printed, line by line, until it is more than anyone reads. */
function hear(stream: Readable, heard: (text: string) => void): void {
  let left = MOST_HEARD;
  let line = "";
  stream.setEncoding("utf8");
  stream.on("data", (piece: string) => {
    if (left <= 0) return;
    line += piece.slice(0, left);
    left -= piece.length;
    const lines = line.split("\n");
    line = lines.pop()!;
    for (const each of lines) if (each.trim() !== "") heard(each);
    if (left > 0) return;
    if (line !== "") heard(line);
    heard("What else this process prints is not kept.");
  });
  stream.once("end", () => {
    if (left > 0 && line.trim() !== "") heard(line);
  });
}

const MOST_HEARD = 64 * 1024;
