import type { GateState } from "@lookback/protocol/publish.ts";
import { type ReactNode, useState } from "react";
import { durationText } from "../kit/quantity.ts";
import { useElapsed } from "../kit/use-elapsed.ts";
import { GateMark } from "./gate-mark.tsx";
import { passedText } from "./passed-text.ts";
import type { Publication } from "./use-publish.ts";

/** Every check with its mark, its evidence and how long it took; longer evidence opens below it. */
export function ChecksList(props: { publication: Publication }): ReactNode {
  const { gates, state, step, began, ended } = props.publication;
  const elapsed = useElapsed(began, ended);
  const passed = gates.filter((gate) => gate.state === "passed" || gate.state === "warned").length;
  const after = state === "running" && passed === gates.length ? ` · ${step.toLowerCase()}` : "";
  return (
    <section>
      <h2 className="lb-heading">
        Checks{" "}
        <span className="lb-muted lb-publish-count">
          {state === "ready" || state === "planning" ? (
            `${gates.length}, when you publish`
          ) : (
            <>
              <span role="status">{`${passedText(gates)}${after}`}</span>
              {elapsed === null || elapsed === 0 ? null : ` · ${durationText(elapsed)}`}
            </>
          )}
        </span>
      </h2>
      <ul className="lb-card lb-publish-gates">
        {gates.map((gate) => (
          <Check key={gate.id} gate={gate} />
        ))}
      </ul>
    </section>
  );
}

function Check(props: { gate: GateState }): ReactNode {
  const { id, state, title, evidence, detail, durationMs } = props.gate;
  const [chosen, setChosen] = useState<boolean | null>(null);
  // What failed explains itself; everything else opens when asked.
  const open = detail !== null && (chosen ?? state === "failed");
  return (
    <li data-gate={id} data-state={state}>
      <div className="lb-publish-gate">
        <GateMark state={state} />
        <strong>{title}</strong>
        <span className="lb-publish-evidence">{evidence}</span>
        <span className="lb-publish-more">
          {detail === null ? null : (
            <button
              type="button"
              className="lb-link"
              aria-expanded={open}
              aria-label={`${open ? "Hide" : "Show"} the evidence for ${title}`}
              onClick={() => setChosen(!open)}
            >
              {open ? "hide" : "evidence"}
            </button>
          )}
          <span className="lb-muted lb-publish-took">
            {durationMs === null ? "" : durationText(durationMs)}
          </span>
        </span>
      </div>
      {open ? <pre className="lb-mono lb-publish-detail">{detail}</pre> : null}
    </li>
  );
}
