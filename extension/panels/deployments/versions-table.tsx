import type { DeploymentStatus, RuntimeStatus } from "@lookback/protocol/deployments.ts";
import { Fragment, type ReactNode } from "react";
import type { Host } from "../../host.ts";
import { Pill } from "../kit/pill.tsx";
import { RelativeTime } from "../kit/relative-time.tsx";

/** Every version with the run that made it, what it did since the server started, and whether it answers. */
export function VersionsTable(props: {
  deployment: DeploymentStatus;
  running: boolean;
  host: Host;
}): ReactNode {
  return (
    <section aria-label="Versions">
      <h2 className="lb-heading">Versions</h2>
      <div className="lb-card lb-deploy-scroll">
        <table className="lb-table">
          <thead>
            <tr>
              <th scope="col">version</th>
              <th scope="col">run</th>
              <th scope="col" className="lb-deploy-wide">
                deployed
              </th>
              <th scope="col" className="lb-number">
                requests
              </th>
              <th scope="col" className="lb-number">
                p99
              </th>
              <th scope="col" className="lb-number lb-deploy-wide">
                errors
              </th>
              <th scope="col" className="lb-deploy-state">
                state
              </th>
            </tr>
          </thead>
          <tbody>
            {props.deployment.versions.map((each) => (
              <Fragment key={each.version}>
                <tr>
                  <th scope="row">
                    <strong>{each.version}</strong>
                  </th>
                  <td>
                    <button
                      type="button"
                      className="lb-link lb-mono"
                      title={`Open run ${each.run}`}
                      onClick={() => props.host.openPanel("run", { id: each.run })}
                    >
                      {shortId(each.run)}
                    </button>
                  </td>
                  <td className="lb-muted lb-deploy-wide">
                    <RelativeTime at={each.deployedAt} />
                  </td>
                  <td className="lb-number">{each.requests === 0 ? "–" : each.requests.toLocaleString()}</td>
                  <td className="lb-number">{each.p99Ms === null ? "–" : millisecondsText(each.p99Ms)}</td>
                  <td className="lb-number lb-deploy-wide">
                    {each.requests === 0 ? "–" : each.errors.toLocaleString()}
                  </td>
                  <td className="lb-deploy-state">
                    {props.running ? (
                      <StatePill state={each.state} reason={each.reason} />
                    ) : (
                      <Pill>not running</Pill>
                    )}
                  </td>
                </tr>
                {each.runtime?.kind === "python" && (
                  <tr>
                    <td />
                    <td className="lb-muted" colSpan={6}>
                      {runtimeText(each.runtime)}
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
            {props.deployment.unreadable.map(({ version, reason }, at) => (
              <tr key={`unreadable ${version ?? at}`}>
                <th scope="row">{version === null ? <span className="lb-none">none</span> : version}</th>
                <td className="lb-muted" colSpan={6}>
                  <Pill kind="late" mark="◐">
                    unreadable
                  </Pill>{" "}
                  {reason}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function StatePill(props: {
  state: DeploymentStatus["versions"][number]["state"];
  reason: string | null;
}): ReactNode {
  if (props.state === "active") {
    return (
      <Pill kind="better" mark="●">
        active
      </Pill>
    );
  }
  if (props.state === "warm") return <Pill title="Loaded: rolling back to it takes no time.">warm</Pill>;
  return (
    <Pill kind="late" mark="◐" title={props.reason ?? ""}>
      retired
    </Pill>
  );
}

/** What a version in Python runs in, why, and whether it can answer. */
export function runtimeText(runtime: Extract<RuntimeStatus, { kind: "python" }>): string {
  const { because, ready, workers, restarts, reason } = runtime;
  const restarted = restarts === 0 ? "" : ` Started again ${restarts === 1 ? "once" : `${restarts} times`}.`;
  const processes = `${ready} of ${workers} ${workers === 1 ? "process" : "processes"} ready`;
  const why = reason === null ? "" : `: ${reason}`;
  return `Runs in Python, which is slower than ONNX, because ${because}. ${processes}${why}.${restarted}`;
}

/** Enough of an id to tell it from others on the screen. */
export function shortId(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 12)}…`;
}

/** A latency in milliseconds with one decimal below 100: `2.1 ms`. */
export function millisecondsText(ms: number): string {
  return `${ms.toLocaleString(undefined, { maximumFractionDigits: ms < 100 ? 1 : 0 })} ms`;
}
