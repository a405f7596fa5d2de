import type { Failure } from "@lookback/kernel-bridge/failure.ts";

/** What the `data` of a JSON-RPC error holds when a request failed: a `Failure` without its cause. */
export type FailureData = Pick<Failure, "code" | "message" | "advice" | "data">;

/** The failure that something caught is, or carries as `data`; anything else becomes one with the code `client/unexpected`. */
export function failureOf(error: unknown): FailureData {
  if (isFailureData(error)) {
    const { code, message, advice, data } = error;
    return { code, message, advice, data };
  }
  if (error instanceof Error && "data" in error && isFailureData(error.data)) return error.data;
  const message = error instanceof Error ? error.message : String(error);
  return { code: "client/unexpected", message, advice: "", data: {} };
}

/** What a person is told of something caught: what was not done, and what to do about it. */
export function failureText(error: unknown): string {
  const { message, advice } = failureOf(error);
  return advice === "" ? message : `${message} ${advice}`;
}

function isFailureData(value: unknown): value is FailureData {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    typeof value.code === "string" &&
    "message" in value &&
    typeof value.message === "string" &&
    "advice" in value &&
    typeof value.advice === "string"
  );
}
