import type { PublishPlan } from "@lookback/lsp-server/protocol.ts";
import type { ReactNode } from "react";

/** The request a caller will make, as far as it is known before the checks. */
export function CalledWith(props: { plan: PublishPlan }): ReactNode {
  const { example, name } = props.plan;
  return (
    <section>
      <h2 className="lb-heading">Called with</h2>
      {example === null ? (
        <p className="lb-muted">
          <code className="lb-mono">POST /v1/predict</code> with the name{" "}
          <code className="lb-mono">{name}</code> and the model's inputs; the checks read them from the fitted
          model.
        </p>
      ) : (
        <pre className="lb-card lb-mono lb-publish-call">
          {`POST /v1/predict\n${JSON.stringify(example, null, 1).replace(/\n\s*/g, " ")}`}
        </pre>
      )}
    </section>
  );
}
