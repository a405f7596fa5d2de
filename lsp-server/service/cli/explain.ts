import type { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Command } from "./command.ts";

/** What a command that failed says: what was not done and what helps; of a bug where it is. */
export function explain(error: unknown, command: Pick<Command, "help">): string {
  if (!(error instanceof Error)) return `${String(error)}\n`;
  const code = "code" in error ? String(error.code) : "";
  if ("code" in error && "advice" in error) {
    const failure = error as Failure;
    return `${failure.message}\n${failure.advice ? `${failure.advice}\n` : ""}[${failure.code}]\n`;
  }
  if (error instanceof TypeError && code.startsWith("ERR_PARSE_ARGS"))
    return `${error.message}\n\n${command.help.trimEnd()}\n`;
  const [what, advice] = diskFaults[code] ?? [];
  if (what !== undefined)
    return `${what}: what was asked for was not done as a whole. What was there is as it was.\n${advice}\n[disk/${code}]\n`;
  return `${error.stack ?? error.message}\n`;
}

/** What a disk answers anywhere, and what helps. */
const diskFaults: Readonly<Record<string, readonly [what: string, advice: string]>> = {
  ENOSPC: ["The disk is full", "Free some space and try again."],
  EDQUOT: ["Your quota on the disk is used up", "Free some space and try again."],
  EROFS: ["The disk is mounted read-only", "Try again where you may write."],
  EIO: ["The disk failed", "Check the disk and try again."],
};
