import type { Run } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import { countText, durationText } from "../kit/quantity.ts";
import { shortClass } from "./run-words.ts";

/** A fitted model: its class and steps, what it was fitted on, and its parameters, folded when there are many. */
export function ModelCard(props: { model: Model }): ReactNode {
  const { model } = props;
  const parameters = Object.entries(model.parameters);
  return (
    <section className="lb-run-section">
      <h2 className="lb-heading">
        Model{" "}
        {model.variable ? <code className="lb-mono lb-run-aside lb-muted">{model.variable}</code> : null}
      </h2>
      <div className="lb-card lb-model">
        <p title={model.className}>
          <strong>{shortClass(model.className)}</strong> <span className="lb-muted">{fitText(model)}</span>
        </p>
        {model.steps.length > 0 ? (
          <ol className="lb-model-steps" aria-label="Steps">
            {model.steps.map((step) => (
              <li key={step} className="lb-mono" title={step}>
                {shortClass(step)}
              </li>
            ))}
          </ol>
        ) : null}
        {model.features && model.features.length > 0 ? (
          <details>
            <summary>{countText(model.features.length, "feature")}</summary>
            <p className="lb-mono lb-muted lb-wrap">{model.features.join(", ")}</p>
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

type Model = Run["models"][number];

function fitText(model: Model): string {
  const on = model.rows === null ? "fitted" : `fitted on ${countText(model.rows, "row")}`;
  return `${on} in ${durationText(model.durationMs)}`;
}
