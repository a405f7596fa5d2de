import type { FailureData } from "@lookback/protocol/failures.ts";

/** What a client is told of an error: a `Failure` as it is, anything else as a bug of ours with its stack for the log. */
export function failureData(error: unknown): FailureData {
  if (isFailure(error)) {
    return { code: error.code, message: error.message, advice: error.advice, data: error.data };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: "bug",
    message: `Something went wrong inside Lookback: ${message}. Nothing else was affected.`,
    advice: "Please report it with the log from the output channel.",
    data: { stack: error instanceof Error ? error.stack : undefined },
  };
}

/** Failures are told by shape: each package has its own class of the same fields. */
function isFailure(error: unknown): error is Error & FailureData {
  return (
    error instanceof Error &&
    error.name === "Failure" &&
    "code" in error &&
    "advice" in error &&
    "data" in error
  );
}
