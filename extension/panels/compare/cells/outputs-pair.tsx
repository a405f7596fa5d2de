import type { CellComparison } from "@lookback/protocol/compare.ts";
import type { ReactNode } from "react";
import { OutputList } from "../../kit/cells/output-list.tsx";

/** What a cell showed in both runs, side by side. */
export function OutputsPair(props: { outputs: CellComparison["outputs"] }): ReactNode {
  const { left, right } = props.outputs;
  return (
    <div className="lb-outputs">
      {(["left", "right"] as const).map((side) => (
        <section key={side} className="lb-output-side lb-card" aria-label={`Outputs ${side}`}>
          <OutputList
            outputs={props.outputs[side]}
            others={side === "left" ? right : left}
            drew={`What the cell drew in the ${side} run`}
          />
        </section>
      ))}
    </div>
  );
}
