import type { ReactNode } from "react";
import { elapsedText } from "../kit/quantity.ts";
import { useElapsed } from "../kit/use-elapsed.ts";
import type { Honest } from "./use-honest.ts";

/** What is being done, how far it is, and for how long. Its place stays when it is done. */
export function HonestProgress(props: { progress: Honest["progress"] }): ReactNode {
  const { progress } = props;
  const elapsed = useElapsed(progress?.began ?? null, null);
  const { done = 0, of = null, step = "" } = progress ?? {};
  return (
    <>
      <div
        className="lb-progress"
        role="progressbar"
        aria-label="Kernels"
        aria-valuemin={0}
        aria-valuemax={of ?? 1}
        aria-valuenow={progress === null ? (of ?? 1) : done}
        aria-valuetext={step}
      >
        <div style={{ width: progress === null ? 0 : `${of === null ? 4 : 4 + (96 * done) / of}%` }} />
      </div>
      {progress === null ? null : (
        <p className="lb-honest-step" role="status">
          <span className="lb-spinner" aria-hidden="true" />
          {of === null ? "" : `Kernel ${Math.min(done + 1, of)} of ${of}. `}
          {step} …<span className="lb-muted"> {elapsedText(elapsed ?? 0)}</span>
        </p>
      )}
    </>
  );
}
