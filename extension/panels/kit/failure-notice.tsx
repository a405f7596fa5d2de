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
