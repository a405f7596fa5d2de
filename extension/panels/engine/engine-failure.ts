import type { FailureData } from "@lookback/protocol/failures.ts";

/** An error of the page's engine that a `FailureNotice` can show whole. Codes: `engine/no-start`, `engine/no-file`, `engine/unreadable`, `engine/no-column`, `engine/query`, `engine/canceled`. */
export class EngineFailure extends Error {
  readonly data: FailureData;

  constructor(code: string, message: string, advice: string, cause?: unknown) {
    super(message, { cause });
    this.name = "EngineFailure";
    this.data = { code, message, advice, data: {} };
  }
}

/** Throws `engine/canceled` when the signal says so: between steps, for one step of the engine cannot be stopped. */
export function stopWhenCanceled(signal: AbortSignal): void {
  if (signal.aborted) throw new EngineFailure("engine/canceled", "Canceled. Nothing was computed.", "");
}

/** The first line of an error, without the engine's own prefix. */
export function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split("\n")[0]!.trim();
}
