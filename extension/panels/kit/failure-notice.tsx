import type { FailureData } from "@lookback/protocol/failures.ts";
import type { ReactNode } from "react";

/** What was not done and what to do about it; offers to try again when that can help. */
export function FailureNotice(props: { failure: FailureData; onRetry?: () => void }): ReactNode {
  return (
    <div className="lb-notice" role="alert" data-code={props.failure.code}>
      <strong>{props.failure.message}</strong>
      {props.failure.advice ? <span>{props.failure.advice}</span> : null}
      {props.onRetry ? (
        <span>
          <button type="button" className="lb-link" onClick={props.onRetry}>
            Try again
          </button>
        </span>
      ) : null}
    </div>
  );
}

/** The failure an error carries as `data`; any other error becomes one with the code `panel/unexpected`. */
export function failureOf(error: unknown): FailureData {
  const data = error instanceof Error && "data" in error ? error.data : null;
  if (isFailureData(data)) return data;
  const message = error instanceof Error ? error.message : String(error);
  return { code: "panel/unexpected", message, advice: "", data: {} };
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
