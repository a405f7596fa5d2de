import type { Run } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import type { AllShown } from "../kit/all-shown.ts";
import { metricValue } from "../kit/metric.ts";
import { bytesText, countText, durationText, timesText } from "../kit/quantity.ts";
import { shortClass } from "../kit/titles.ts";
import { shortId } from "./run-words.ts";

type Model = Run["models"][number];
type Parameters = Model["parameters"];

/** A fitted model: its class and steps, what it was fitted on, and its parameters, folded when there are many. `fits` is how many like it the cell fitted. */
export function ModelCard(props: { model: Model; fits: number }): ReactNode {
  const { className, steps, stepParameters, variable, features, importances, best, kept, samples, ...more } =
    props.model;
  const { rows, width, digest, durationMs, calls, method, innerFits, saved, parameters, ...rest } = more;
  const { cellId: _, model: __, predicts: ___, ...unshown } = rest;
  unshown satisfies AllShown;
  const fits = props.fits > 1 ? props.fits : (calls ?? 1);
  return (
    <section className="lb-run-section">
      <h2 className="lb-heading">
        Model {variable ? <code className="lb-mono lb-run-aside lb-muted">{variable}</code> : null}
      </h2>
      <div className="lb-card lb-model">
        <p title={className}>
          <strong>{shortClass(className)}</strong>{" "}
          {fits > 1 ? <span title={method ?? ""}>×{fits.toLocaleString()}</span> : null}{" "}
          <span className="lb-muted" title={digest ?? undefined}>
            {fitText(rows, width ?? features?.length ?? null, durationMs, innerFits)}
          </span>
        </p>
        {steps.length > 0 ? (
          <ol className="lb-model-steps" aria-label="Steps">
            {steps.map((step, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a run never changes, and two steps may be of one class
              <li key={at} className="lb-mono" title={stepTitle(step, stepParameters?.[at])}>
                {shortClass(step)}
              </li>
            ))}
          </ol>
        ) : null}
        {best === null ? null : (
          <p>
            Best {shortClass(best.estimator)}
            {best.score === null ? "" : `, ${metricValue(best.score)}`}:{" "}
            <span className="lb-mono lb-wrap">{parametersText(best.parameters)}</span>
          </p>
        )}
        {features && features.length > 0 ? (
          <details>
            <summary>{countText(features.length, "feature")}</summary>
            <p className="lb-mono lb-muted lb-wrap">{features.join(", ")}</p>
          </details>
        ) : null}
        {importances === null ? null : <Weights importances={importances} />}
        <ParametersOf parameters={parameters} />
        <Kept kept={kept} samples={samples} saved={saved} />
      </div>
    </section>
  );
}

function ParametersOf(props: { parameters: Parameters }): ReactNode {
  const parameters = Object.entries(props.parameters);
  if (parameters.length === 0) return null;
  return (
    <details>
      <summary>{countText(parameters.length, "parameter")}</summary>
      <table className="lb-table lb-parameters">
        <tbody>
          {parameters.map(([name, value]) => (
            <tr key={name}>
              <th scope="row" className="lb-mono lb-muted">
                {name}
              </th>
              <td className="lb-mono">
                {value === null ? <span className="lb-none">none</span> : String(value)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Weights(props: { importances: NonNullable<Model["importances"]> }): ReactNode {
  const most = Math.max(...props.importances.map(([, weight]) => Math.abs(weight)), Number.MIN_VALUE);
  return (
    <details>
      <summary>{countText(props.importances.length, "weight")}</summary>
      <table className="lb-table lb-parameters">
        <tbody>
          {props.importances.map(([name, weight]) => (
            <tr key={name}>
              <th scope="row" className="lb-mono lb-muted">
                {name}
              </th>
              <td className="lb-number">{metricValue(weight)}</td>
              <td className="lb-weight">
                <span style={{ width: `${(Math.abs(weight) / most) * 100}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** What the run holds of it: files it was written to, its own bytes, rows it was asked about. */
function Kept({ kept, samples, saved }: Pick<Model, "kept" | "samples" | "saved">): ReactNode {
  const parts = [
    ...saved.map((path) => `saved as ${path}`),
    ...(kept === null
      ? []
      : [`${kept.stored ? "kept" : "not kept"}, ${bytesText(kept.size)}, ${shortId(kept.sha256)}`]),
    ...timesText(samples.map(({ rows, of }) => `${rows} of ${of?.toLocaleString() ?? "its"} answers kept`)),
  ];
  if (parts.length === 0) return null;
  return <p className="lb-muted lb-wrap">{parts.join(" · ")}</p>;
}

function stepTitle(step: string, parameters: Parameters | undefined): string {
  return parameters === undefined ? step : `${step}(${parametersText(parameters)})`;
}

function parametersText(parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${value === null ? "None" : String(value)}`)
    .join(", ");
}

function fitText(
  rows: number | null,
  width: number | null,
  durationMs: number,
  inner: number | null,
): string {
  const size = [
    rows === null ? [] : countText(rows, "row"),
    width === null ? [] : countText(width, "column"),
  ].flat();
  const on = size.length === 0 ? "fitted" : `fitted on ${size.join(", ")}`;
  const within = inner === null ? "" : `, ${countText(inner, "inner fit")}`;
  return `${on} in ${durationText(durationMs)}${within}`;
}
