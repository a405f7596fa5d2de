import type { Prediction } from "@lookback/protocol/deployments.ts";
import type { ReactNode } from "react";
import { Pill } from "../kit/pill.tsx";
import { RelativeTime } from "../kit/relative-time.tsx";
import { answerText, subjectText } from "./answer-text.ts";
import { millisecondsText } from "./versions-table.tsx";

/** The latest answers, newest first. Opening one says why it came out. */
export function RequestsTable(props: {
  recent: readonly Prediction[];
  selected: string | null;
  onSelect: (prediction: Prediction) => void;
}): ReactNode {
  return (
    <section aria-label="Requests">
      <h2 className="lb-heading">Requests</h2>
      {props.recent.length === 0 ? (
        <p className="lb-muted">No requests since the pipeline started. Send a test.</p>
      ) : (
        <div className="lb-card lb-deploy-scroll">
          <table className="lb-table lb-deploy-requests">
            <thead>
              <tr>
                <th scope="col">asked</th>
                <th scope="col">about</th>
                <th scope="col">answer</th>
                <th scope="col" className="lb-number lb-deploy-wide">
                  version
                </th>
                <th scope="col" className="lb-number lb-deploy-wide">
                  took
                </th>
                <th scope="col" className="lb-deploy-state">
                  features
                </th>
              </tr>
            </thead>
            <tbody>
              {props.recent.map((each) => (
                <tr key={each.requestId} aria-selected={each.requestId === props.selected}>
                  <td className="lb-muted">
                    <RelativeTime at={each.at} />
                  </td>
                  <td className="lb-deploy-about">
                    <button
                      type="button"
                      className="lb-link lb-ellipsis"
                      onClick={() => props.onSelect(each)}
                    >
                      {subjectText(each.inputs)}
                    </button>
                  </td>
                  <td>{answerText(each.output)}</td>
                  <td className="lb-number lb-deploy-wide">{each.version}</td>
                  <td className="lb-number lb-deploy-wide">{millisecondsText(each.durationMs)}</td>
                  <td className="lb-deploy-state">
                    <Missing features={each.features} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Missing(props: { features: Prediction["features"] }): ReactNode {
  const missing = props.features.filter((each) => each.reason !== null);
  if (missing.length === 0) return <Pill kind="better">all known</Pill>;
  return (
    <Pill kind="late" mark="◐" title={missing.map((each) => `${each.name}: ${each.reason}`).join("\n")}>
      {missing.length === props.features.length ? "none known" : `${missing.length} missing`}
    </Pill>
  );
}
