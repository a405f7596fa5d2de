import type { Prediction } from "@lookback/protocol/deployments.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { Pill } from "../kit/pill.tsx";
import { RelativeTime } from "../kit/relative-time.tsx";
import { answerText, answerValue, subjectText, valueText } from "./answer-text.ts";
import { longDuration } from "./freshness.ts";
import { millisecondsText, shortId } from "./versions-table.tsx";

/** Why a prediction came out: the answer, what the model was shown and when that was observed, the model, and the run that made it. */
export function Why(props: { prediction: Prediction; host: Host; onClose: () => void }): ReactNode {
  const { prediction, host } = props;
  return (
    <section className="lb-deploy-why" aria-label="Why">
      <header>
        <h2 className="lb-heading">
          Why {answerValue(prediction.output)} for {subjectText(prediction.inputs)}?
        </h2>
        <button type="button" className="lb-button lb-quiet" aria-label="Close" onClick={props.onClose}>
          ×
        </button>
      </header>
      <p className="lb-muted">
        <RelativeTime at={prediction.at} /> · as of {momentText(prediction.asOf)} · version{" "}
        {prediction.version} · answered in {millisecondsText(prediction.durationMs)}
      </p>
      <ol className="lb-deploy-trail">
        <li className="lb-known">
          <h3>The answer</h3>
          <p>{answerText(prediction.output)}</p>
        </li>
        <li className="lb-served">
          <h3>What it was shown</h3>
          <div className="lb-deploy-scroll">
            <ShownTable prediction={prediction} />
          </div>
        </li>
        <li>
          <h3>The model</h3>
          <p className="lb-muted">
            sha256 <Copyable text={prediction.modelSha256} host={host} /> · ONNX
          </p>
        </li>
        <li>
          <h3>The run that made it</h3>
          <p>
            <Copyable text={prediction.run} host={host} />{" "}
            <button
              type="button"
              className="lb-link"
              onClick={() => host.openPanel("run", { id: prediction.run })}
            >
              Open run
            </button>
          </p>
        </li>
        <li>
          <h3>The record</h3>
          <p className="lb-muted">
            request <Copyable text={prediction.requestId} host={host} />, in the audit log
          </p>
        </li>
      </ol>
    </section>
  );
}

function ShownTable(props: { prediction: Prediction }): ReactNode {
  const { inputs, features, asOf } = props.prediction;
  return (
    <table className="lb-table lb-deploy-shown">
      <thead className="lb-hidden">
        <tr>
          <th scope="col">feature</th>
          <th scope="col">value</th>
          <th scope="col">observed</th>
          <th scope="col">state</th>
        </tr>
      </thead>
      <tbody>
        {features.map((feature) => (
          <tr key={feature.name}>
            <th scope="row" className="lb-ellipsis" title={feature.name}>
              {feature.name.split(":").pop()}
            </th>
            <td className="lb-number">
              {feature.value === null ? (
                <span className="lb-none" title={feature.reason ?? ""}>
                  none
                </span>
              ) : (
                valueText(feature.value)
              )}
            </td>
            <td
              className="lb-muted"
              title={feature.availableAt ? `known from ${momentText(feature.availableAt)}` : ""}
            >
              {feature.eventTime ? ageText(asOf, feature.eventTime) : ""}
            </td>
            <td className="lb-deploy-state">
              {feature.reason === null ? null : (
                <Pill kind="late" mark="◐">
                  {feature.reason}
                </Pill>
              )}
            </td>
          </tr>
        ))}
        {Object.entries(inputs).map(([name, value]) => (
          <tr key={`input ${name}`}>
            <th scope="row" className="lb-ellipsis" title={name}>
              {name}
            </th>
            <td className="lb-number">
              {value === null ? <span className="lb-none">none</span> : valueText(value)}
            </td>
            <td className="lb-muted">with the request</td>
            <td />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Copyable(props: { text: string; host: Host }): ReactNode {
  return (
    <button
      type="button"
      className="lb-link lb-mono lb-deploy-copy"
      title={`Copy ${props.text}`}
      onClick={() => props.host.copy(props.text)}
    >
      {shortId(props.text)}
    </button>
  );
}

function ageText(asOf: string, eventTime: string): string {
  const age = Date.parse(asOf) - Date.parse(eventTime);
  return age < 1000 ? "that moment" : `${longDuration(age)} old`;
}

/** A moment in UTC, as the data states it. */
function momentText(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
