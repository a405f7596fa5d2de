import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { OutputList } from "../kit/cells/output-list.tsx";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { countText } from "../kit/quantity.ts";
import { useAnswer } from "../kit/use-answer.ts";
import { cellName } from "./run-words.ts";

/** What the cells of a run showed, as they looked: texts, tables, pictures. Nothing when they showed nothing. */
export function RunOutputs(props: { host: Host; id: string }): ReactNode {
  const { answer, failure, again } = useAnswer(props.host, "lookback/runs/outputs", { id: props.id });
  if (failure !== null)
    return (
      <section className="lb-run-section">
        <h2 className="lb-heading">Outputs</h2>
        <FailureNotice failure={failure} onRetry={again} />
      </section>
    );
  if (answer === null || answer.cells.length === 0) return null;
  return (
    <section className="lb-run-section">
      <h2 className="lb-heading">Outputs</h2>
      {answer.cells.map(({ cellId, index, outputs }) => (
        <div key={cellId} className="lb-card lb-run-output">
          <h3 className="lb-muted">{cellName(index)}</h3>
          <OutputList outputs={outputs} drew={`What ${cellName(index)} drew`} />
        </div>
      ))}
      {answer.left > 0 ? (
        <p className="lb-muted">
          The outputs of {countText(answer.left, "more cell")} are not shown here: View notebook shows all.
        </p>
      ) : null}
    </section>
  );
}
