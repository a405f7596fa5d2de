import { Failure } from "@lookback/kernel-bridge/failure.ts";

/** What a disk or its system answered, whoever asked, as a failure with what helps; null for what is none of theirs. */
export function diskFault(error: unknown): Failure | null {
  if (
    !(error instanceof Error) ||
    !("code" in error) ||
    !("syscall" in error || String(error.code) in faults)
  )
    return null;
  const code = String(error.code);
  const [what, advice] = faults[code] ?? [
    `The system answered ${error.message}`,
    "Look at what it names, and try again.",
  ];
  return new Failure(
    `disk/${code}`,
    `${what}: what was asked for was not done as a whole. What was there is as it was.`,
    { advice, cause: error },
  );
}

const faults: Readonly<Record<string, readonly [what: string, advice: string]>> = {
  ENOSPC: ["The disk is full", "Free some space and try again."],
  EDQUOT: ["Your quota on the disk is used up", "Free some space and try again."],
  EROFS: ["The disk is mounted read-only", "Try again where you may write."],
  EIO: ["The disk failed", "Check the disk and try again."],
};
