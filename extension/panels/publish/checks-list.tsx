import type { Gate } from "@lookback/lsp-server/protocol.ts";
import { type ReactNode, useState } from "react";
import { durationText } from "../kit/quantity.ts";
import { GateMark } from "./gate-mark.tsx";

/** Every check with its mark and its evidence; longer evidence opens below it. */
export function ChecksList(props: { gates: readonly Gate[]; started: boolean }): ReactNode {
  const { gates, started } = props;
  const passed = gates.filter((gate) => gate.state === "passed" || gate.state === "warned").length;
  const took = gates.reduce((sum, gate) => sum + (gate.durationMs ?? 0), 0);
  return (
    <section>
      <h2 className="lb-heading">
        Checks{" "}
        <span className="lb-muted lb-publish-count" role="status">
          {started
            ? `${passed} of ${gates.length} passed${took > 0 ? ` · ${durationText(took)}` : ""}`
            : `${gates.length}, when you publish`}
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

function Check(props: { gate: Gate }): ReactNode {
  const { id, state, title, evidence, detail } = props.gate;
  const [chosen, setChosen] = useState<boolean | null>(null);
  // What failed explains itself; everything else opens when asked.
  const open = detail !== null && (chosen ?? state === "failed");
  return (
    <li data-gate={id} data-state={state}>
      <div className="lb-publish-gate">
        <GateMark state={state} />
        <strong>{title}</strong>
        <span className="lb-muted lb-publish-evidence">{evidence}</span>
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
      </div>
      {open ? <pre className="lb-mono lb-publish-detail">{detail}</pre> : null}
    </li>
  );
}
