import type { LogOutputChannel } from "vscode";

/** Writes one event a line, its data as JSON, to the Lookback output channel. */
export type Log = (
  level: "debug" | "info" | "warn" | "error",
  event: string,
  data?: Readonly<Record<string, unknown>>,
) => void;

/** A log over an output channel, which adds the time and the level. */
export function logTo(channel: LogOutputChannel): Log {
  return (level, event, data) => channel[level](data ? `${event} ${JSON.stringify(data)}` : event);
}

/** What to log of something caught. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
