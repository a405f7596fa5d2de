import type { PublishPlan } from "@lookback/protocol/publish.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { metricTitle, metricValue } from "../kit/metric.ts";
import { RelativeTime } from "../kit/relative-time.tsx";
import { PublishActions } from "./publish-actions.tsx";
import type { Publication } from "./use-publish.ts";

/** Name, version, the run it comes from and its score; the one main button; how far the checks are. */
export function PublishHeader(props: { host: Host; publication: Publication; plan: PublishPlan }): ReactNode {
  const { host, publication, plan } = props;
  const { state, gates, step } = publication;
  const done = gates.filter((gate) => gate.state !== "waiting" && gate.state !== "running").length;
  const run = plan.run;
  return (
    <>
      <header className="lb-header">
        <h1 className="lb-title lb-ellipsis" title={plan.notebook}>
          Publish {plan.name}
        </h1>
        <span className="lb-muted">
          version {plan.version}
          {run === null ? null : (
            <>
              {" · from the run "}
              <button
                type="button"
                className="lb-link"
                title={`Run ${run.id}`}
                onClick={() => host.openPanel("run", { id: run.id })}
              >
                <RelativeTime at={run.startedAt} />
              </button>
              {run.metric === null
                ? ", which gave no score"
                : ` with ${metricTitle(run.metric.name)} ${metricValue(run.metric.value)}`}
            </>
          )}
        </span>
        <ModelChoice publication={publication} plan={plan} />
        <PublishActions host={host} publication={publication} plan={plan} />
      </header>
      <div
        className="lb-progress lb-publish-progress"
        role="progressbar"
        aria-label="Checks"
        aria-valuemin={0}
        aria-valuemax={gates.length}
        aria-valuenow={done}
        aria-valuetext={
          state === "running" ? `${done} of ${gates.length}: ${step}` : `${done} of ${gates.length}`
        }
      >
        <div style={{ width: `${gates.length === 0 ? 0 : (100 * done) / gates.length}%` }} />
      </div>
    </>
  );
}

/** Which of several fitted models ships; of one there is nothing to choose. */
function ModelChoice(props: { publication: Publication; plan: PublishPlan }): ReactNode {
  const { publication, plan } = props;
  const chosen = plan.model?.variable ?? "";
  if (plan.models.length < (chosen === "" ? 1 : 2)) return null;
  return (
    <label className="lb-publish-model">
      model{" "}
      <select
        className="lb-input"
        value={chosen}
        disabled={publication.state !== "ready"}
        onChange={({ target }) => publication.choose(target.value)}
      >
        {chosen === "" ? <option value="">choose one</option> : null}
        {plan.models.map(({ variable, className }) => (
          <option key={variable} value={variable}>
            {variable} ({className.split(".").at(-1)})
          </option>
        ))}
      </select>
    </label>
  );
}
