import type { Command } from "./command.ts";

/** What a process is told from outside while a command runs. */
export interface StopRequests {
  readonly signal: AbortSignal;
  readonly insist: AbortSignal;
  /** The exit code, given what the command answered: 130 after Ctrl-C and 143 after SIGTERM, unless it was done all the same. */
  exitCode(answered: number): number;
}

const LAST_MS = 10_000;

/** Listens for Ctrl-C and SIGTERM from now on, and does what the command says they do. `end` ends the process. */
export function heedStop(
  stop: Command["stop"],
  listen: (signal: "SIGINT" | "SIGTERM", heard: () => void) => unknown,
  end: (code: number) => void,
): StopRequests {
  const asked = new AbortController();
  const insisted = new AbortController();
  let code = 0;
  let times = 0;
  const heard = (number: number) => () => {
    code = 128 + number;
    times++;
    const last = { none: 1, heeds: 2, "winds-down": 3 }[stop ?? "none"];
    if (times >= last) return end(code);
    if (times === 1) return asked.abort();
    insisted.abort();
    setTimeout(() => end(code), LAST_MS).unref();
  };
  listen("SIGINT", heard(2));
  listen("SIGTERM", heard(15));
  return {
    signal: asked.signal,
    insist: insisted.signal,
    exitCode: (answered) => (answered === 0 ? 0 : code || answered),
  };
}
