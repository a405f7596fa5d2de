import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

const script = join(import.meta.dirname, "ledger-process.mjs");

/** Makes what the other processes of a test run; once a root. */
export function buildLedger(root: string): void {
  execFileSync(process.execPath, [script, "build", root]);
}

/** A process that records runs one after the other. */
export interface Recorder {
  readonly child: ChildProcess;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
}

/** Each acknowledged run is told at once. */
export function startRecorder(
  root: string,
  name: string,
  count: number,
  acknowledged: (id: string) => void,
): Recorder {
  const child = spawn(process.execPath, [script, "record", root, name, String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    if (line.length === 26) acknowledged(line);
  });
  return { child, ended: new Promise((resolve) => child.once("close", () => resolve())) };
}

/** What a process that works says of itself, a line each. */
export interface Said {
  readonly ran?: string;
  readonly isRight?: boolean;
  readonly stored?: boolean;
  readonly marked?: string;
  readonly tag?: string;
  readonly deleting?: string;
  readonly deleted?: string;
  readonly pushed?: readonly string[];
  readonly problems?: readonly string[];
  readonly failed?: string;
  readonly code?: string | null;
  readonly cause?: string | null;
}

/** A process that does anything in a workspace; `first` resolves when it has said something. */
export function startWorker(
  root: string,
  name: string,
  isFull: boolean,
  place: string,
  said: (said: Said) => void,
): Recorder & { readonly first: Promise<void> } {
  const words = ["work", root, name, isFull ? "full" : "whole", place];
  const child = spawn(process.execPath, [script, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    // The last one may be torn.
    if (line.endsWith("}")) said(JSON.parse(line));
  });
  const first = new Promise<void>((resolve) => lines.once("line", () => resolve()));
  // What was said before the end is read before it counts as ended; and a process that nobody waited for still looks alive.
  const ended = Promise.all([
    new Promise((resolve) => lines.once("close", resolve)),
    new Promise((resolve) => child.once("close", resolve)),
  ]).then(() => undefined);
  return { child, ended, first };
}

/** A process that lists. */
export interface Lister {
  /** Every id it lists now. */
  ask(): Promise<string[]>;
  stop(): void;
}

export function startLister(root: string): Lister {
  const child = spawn(process.execPath, [script, "list", root], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask() {
      child.stdin.write("\n");
      return JSON.parse((await lines.next()).value ?? "[]");
    },
    stop: () => child.stdin.end(),
  };
}

/** What is wrong with a list, given the runs that were acknowledged before it was asked for: lost ones, and ones that stand twice. */
export function wrongWith(listed: readonly string[], acknowledged: Iterable<string>): string[] {
  const once = new Set(listed);
  const lost = [...acknowledged].filter((id) => !once.has(id)).map((id) => `${id} is not listed`);
  return once.size === listed.length ? lost : [...lost, `${listed.length - once.size} stand twice`];
}
