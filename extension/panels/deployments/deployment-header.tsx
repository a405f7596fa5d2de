import type { DeploymentStatus, Status } from "@lookback/protocol/deployments.ts";
import type { ReactNode } from "react";
import { RelativeTime } from "../kit/relative-time.tsx";

/** Alive or not, where, since when; and what can be done about it. */
export function DeploymentHeader(props: {
  state: Status;
  deployment: DeploymentStatus;
  busy: string | null;
  onTest: () => void;
  onRollback: () => void;
  onStart: () => void;
}): ReactNode {
  const { state, deployment, busy } = props;
  const { active, previous } = deployment;
  const serving = deployment.versions.some((each) => each.state === "active");
  const warm = deployment.versions.some((each) => each.version === previous && each.state === "warm");
  return (
    <header className="lb-header">
      <span className={`lb-deploy-dot${state.running && serving ? " lb-alive" : ""}`} aria-hidden="true" />
      <h1 className="lb-title lb-ellipsis" title={deployment.name}>
        {deployment.name}
      </h1>
      <p className="lb-muted">
        {!state.running ? (
          `version ${active}, not running`
        ) : !serving ? (
          `version ${active} is retired: nothing answers`
        ) : (
          <>
            version {active}, serving on this computer · {addressOf(state.url)}
            {state.since ? (
              <>
                {" "}
                · since <RelativeTime at={state.since} />
              </>
            ) : null}
          </>
        )}
      </p>
      <div className="lb-actions">
        {state.running ? (
          <>
            {previous !== null ? (
              <button
                type="button"
                className="lb-button"
                disabled={busy !== null || !warm}
                title={
                  warm
                    ? `Version ${previous} is loaded and answers at once`
                    : `Version ${previous} is retired`
                }
                onClick={props.onRollback}
              >
                {busy === "rollback"
                  ? "Rolling …"
                  : previous < active
                    ? `Roll back to ${previous}`
                    : `Return to ${previous}`}
              </button>
            ) : null}
            <button type="button" className="lb-button lb-primary" disabled={!serving} onClick={props.onTest}>
              Send a test
            </button>
          </>
        ) : (
          <button
            type="button"
            className="lb-button lb-primary"
            disabled={busy !== null}
            onClick={props.onStart}
          >
            {busy === "start" ? "Starting …" : "Start"}
          </button>
        )}
      </div>
    </header>
  );
}

function addressOf(url: string | null): string {
  return url?.replace(/^https?:\/\//, "") ?? "";
}
