import type { Failure } from "@lookback/kernel-bridge/failure.ts";
import { diskFault } from "../disk-fault.ts";
import type { Command } from "./command.ts";

/** What a command that failed says: what was not done and what helps; of a bug where it is. */
export function sayFailure(error: unknown, command: Pick<Command, "help">): string {
  if (!(error instanceof Error)) return `${String(error)}\n`;
  const code = "code" in error ? String(error.code) : "";
  if ("code" in error && "advice" in error) {
    const failure = error as Failure;
    return `${failure.message}\n${failure.advice ? `${failure.advice}\n` : ""}[${failure.code}]\n`;
  }
  if (error instanceof TypeError && code.startsWith("ERR_PARSE_ARGS"))
    return `${error.message}\n\n${command.help.trimEnd()}\n`;
  const fault = diskFault(error);
  if (fault !== null) return sayFailure(fault, command);
  return `${error.stack ?? error.message}\n`;
}
