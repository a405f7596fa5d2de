import type { PublishPlan } from "@lookback/protocol/publish.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import type { Publication } from "./use-publish.ts";

/** The one main button for where the publication stands, and what else can be done then. */
export function PublishActions(props: {
  host: Host;
  publication: Publication;
  plan: PublishPlan;
}): ReactNode {
  const { host, publication, plan } = props;
  const { state, result } = publication;
  if (state === "done" && result?.published) {
    return (
      <div className="lb-actions">
        <button
          type="button"
          className="lb-button lb-quiet"
          onClick={() => host.openFile(`${result.path}/pipeline.json`)}
        >
          See the files
        </button>
        <button type="button" className="lb-button" onClick={publication.again}>
          Publish again
        </button>
        <button
          type="button"
          className="lb-button lb-primary"
          onClick={() => host.openPanel("deployments", { name: result.name })}
        >
          Open deployments
        </button>
      </div>
    );
  }
  if (state === "done") {
    return (
      <div className="lb-actions">
        <button type="button" className="lb-button" onClick={publication.again}>
          Check again
        </button>
      </div>
    );
  }
  return (
    <div className="lb-actions">
      {state === "running" ? (
        <button type="button" className="lb-button" onClick={publication.cancel}>
          Cancel
        </button>
      ) : null}
      <button
        type="button"
        className="lb-button lb-primary"
        disabled={state !== "ready" || plan.obstacles.length > 0}
        title={state === "planning" ? "Looking at the notebook and its runs again …" : undefined}
        onClick={publication.start}
      >
        Publish version {plan.version}
      </button>
    </div>
  );
}
