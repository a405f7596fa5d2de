import type { DeploymentStatus, Prediction, Status } from "@lookback/protocol/deployments.ts";
import { type ReactNode, useState } from "react";
import type { Host, Mount } from "../../host.ts";
import { draw } from "../kit/draw.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { Waiting } from "../kit/waiting.tsx";
import { DeploymentHeader } from "./deployment-header.tsx";
import { RequestsTable } from "./requests-table.tsx";
import { SendTest } from "./send-test.tsx";
import { UnreadableDeployments } from "./unreadable-deployments.tsx";
import { useDeployments } from "./use-deployments.ts";
import { VersionsTable } from "./versions-table.tsx";
import { ViewsTable } from "./views-table.tsx";
import { Why } from "./why.tsx";
import "./deployments.css";

/** What is deployed and how it does: versions, freshness, requests and why each came out. `name` chooses among several. */
export const mountDeployments: Mount<"deployments"> = (element, host, params) =>
  draw(element, <Deployments host={host} name={params.name ?? null} />);

function Deployments(props: { host: Host; name: string | null }): ReactNode {
  const { host } = props;
  const { state, failure, busy, reload, act } = useDeployments(host);
  const [chosen, setChosen] = useState(props.name);
  const start = () => act("start", () => host.request("lookback/deployments/start", {}));
  const deployment = state?.deployments.find((each) => each.name === chosen) ?? state?.deployments[0];
  return (
    <div className="lb-panel lb-deploy">
      {failure ? <FailureNotice failure={failure} onRetry={reload} /> : null}
      {state?.problems.map((problem) => (
        <p key={problem} className="lb-notice" role="status">
          {problem}
        </p>
      ))}
      <UnreadableDeployments deployments={state?.unreadable ?? []} />
      {state === null ? (
        failure ? null : (
          <Waiting>Asking the pipeline</Waiting>
        )
      ) : deployment === undefined ? (
        state.unreadable.length > 0 ? null : (
          <EmptyState
            title="Nothing is deployed."
            action="Publish a notebook: open it and press Publish in its toolbar. Its versions and answers will appear here."
          />
        )
      ) : (
        <>
          {state.deployments.length > 1 ? (
            <Choice state={state} chosen={deployment.name} onChoose={setChosen} />
          ) : null}
          <OneDeployment
            key={deployment.name}
            {...{ host, state, deployment, busy, reload }}
            onStart={start}
            onRollback={() =>
              act("rollback", () => host.request("lookback/deployments/rollback", { name: deployment.name }))
            }
          />
        </>
      )}
    </div>
  );
}

function OneDeployment(props: {
  host: Host;
  state: Status;
  deployment: DeploymentStatus;
  busy: string | null;
  reload: () => void;
  onStart: () => void;
  onRollback: () => void;
}): ReactNode {
  const { host, state, deployment } = props;
  const [aside, setAside] = useState<Prediction | "test" | null>(null);
  const close = () => setAside(null);
  return (
    <>
      <DeploymentHeader
        {...{ state, deployment, busy: props.busy }}
        onTest={() => setAside("test")}
        onRollback={props.onRollback}
        onStart={props.onStart}
      />
      <div className={aside === null ? "lb-deploy-body" : "lb-deploy-body lb-deploy-split"}>
        <main>
          <VersionsTable {...{ deployment, host }} running={state.running} />
          {state.running ? (
            <>
              <ViewsTable views={deployment.views} now={new Date()} />
              <RequestsTable
                recent={deployment.recent}
                selected={aside === null || aside === "test" ? null : aside.requestId}
                onSelect={setAside}
              />
            </>
          ) : (
            <p className="lb-muted">The pipeline is not running: nothing answers. Its versions are kept.</p>
          )}
        </main>
        {aside === null ? null : (
          <aside>
            {aside === "test" ? (
              <SendTest
                {...{ deployment, host }}
                onAnswer={(prediction) => {
                  setAside(prediction);
                  props.reload();
                }}
                onClose={close}
              />
            ) : (
              <Why prediction={aside} host={host} onClose={close} />
            )}
          </aside>
        )}
      </div>
    </>
  );
}

function Choice(props: { state: Status; chosen: string; onChoose: (name: string) => void }): ReactNode {
  return (
    <nav className="lb-deploy-choice" aria-label="Deployments">
      {props.state.deployments.map(({ name }) => (
        <button
          key={name}
          type="button"
          className="lb-button lb-quiet"
          aria-current={name === props.chosen}
          onClick={() => props.onChoose(name)}
        >
          {name}
        </button>
      ))}
    </nav>
  );
}
