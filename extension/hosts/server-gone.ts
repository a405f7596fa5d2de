import type { FailureData } from "@lookback/protocol/failures.ts";

/** What a request answers after the language server has ended too often. */
export const serverGone: FailureData = {
  code: "server/gone",
  message: "Lookback's server has stopped. Nothing was done.",
  advice: "Use the command Lookback: Restart Server.",
  data: {},
};

/** What a request answers while the language server cannot be started; `problem` says why, as a sentence. */
export function serverUnavailable(problem: string | null): FailureData {
  return {
    ...serverGone,
    code: "server/unavailable",
    message: `${problem ?? "Lookback's server cannot start."} Nothing was done.`,
  };
}

/** What is said once when the server has ended too often to be started again by itself. */
export const serverGoneNotice =
  "Lookback's server stopped 5 times in 3 minutes and was not started again. Your cells still run; findings, recordings and panels wait.";
