import type { Run } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import type { AllShown } from "../kit/all-shown.ts";
import { countText, durationText } from "../kit/quantity.ts";
import { shortClass } from "./run-words.ts";

/** A fitted model: its class and steps, what it was fitted on, and its parameters, folded when there are many. */
export function ModelCard(props: { model: Run["models"][number] }): ReactNode {
  const { className, steps, variable, rows, durationMs, features, parameters: named, ...rest } = props.model;
  const { cellId: _, ...unshown } = rest;
  unshown satisfies AllShown;
  const parameters = Object.entries(named);
  return (
    <section className="lb-run-section">
      <h2 className="lb-heading">
        Model {variable ? <code className="lb-mono lb-run-aside lb-muted">{variable}</code> : null}
      </h2>
      <div className="lb-card lb-model">
        <p title={className}>
          <strong>{shortClass(className)}</strong>{" "}
          <span className="lb-muted">{fitText(rows, durationMs)}</span>
        </p>
        {steps.length > 0 ? (
          <ol className="lb-model-steps" aria-label="Steps">
            {steps.map((step) => (
              <li key={step} className="lb-mono" title={step}>
                {shortClass(step)}
              </li>
            ))}
          </ol>
        ) : null}
        {features && features.length > 0 ? (
          <details>
            <summary>{countText(features.length, "feature")}</summary>
            <p className="lb-mono lb-muted lb-wrap">{features.join(", ")}</p>
          </details>
        ) : null}
        {parameters.length > 0 ? (
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
        ) : null}
      </div>
    </section>
  );
}

function fitText(rows: number | null, durationMs: number): string {
  const on = rows === null ? "fitted" : `fitted on ${countText(rows, "row")}`;
  return `${on} in ${durationText(durationMs)}`;
}
