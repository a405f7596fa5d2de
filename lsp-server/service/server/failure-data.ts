import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { FailureData } from "@lookback/protocol/failures.ts";
import { diskFault } from "../disk-fault.ts";

/** What a client is told of an error: a `Failure` as it is, what a disk answered with what helps, anything else as a bug of ours with its stack for the log. */
export function failureData(error: unknown): FailureData {
  const failure = error instanceof Failure ? error : diskFault(error);
  if (failure !== null) {
    const { code, message, advice, data } = failure;
    return { code, message, advice, data };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: "bug",
    message: `Something went wrong inside Lookback: ${message}. Nothing else was affected.`,
    advice: "Please report it with the log from the output channel.",
    data: { stack: error instanceof Error ? error.stack : undefined },
  };
}
