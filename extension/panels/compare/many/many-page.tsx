import type { Comparison } from "@lookback/protocol/compare.ts";
import { type ReactNode, useState } from "react";
import type { Host } from "../../../host.ts";
import { Section } from "../section.tsx";
import { axesOf } from "./axes.ts";
import { ParallelPlot } from "./parallel-plot.tsx";
import { ScatterPlot } from "./scatter-plot.tsx";
import { ValueTable } from "./value-table.tsx";

/** Many runs: what sets them apart as a table, and as pictures. Two that are chosen can be compared whole. */
export function ManyPage(props: { host: Host; comparison: Comparison }): ReactNode {
  const { host, comparison } = props;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const axes = axesOf(comparison.values);
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <div className="lb-compare-body">
      <ValueTable comparison={comparison} chosen={chosen} onToggle={toggle} />
      <p>
        <button
          type="button"
          className="lb-button lb-primary"
          disabled={chosen.length !== 2}
          onClick={() => host.openPanel("compare", { ids: [...chosen].sort() })}
        >
          Compare these two
        </button>{" "}
        <span className="lb-muted">
          {chosen.length === 2 ? "" : "Choose two runs in the table to see all that differs between them."}
        </span>
      </p>
      {axes.length < 2 ? (
        <Section title="Pictures" aside="nothing to draw: fewer than two figures differ between these runs" />
      ) : (
        <div className="lb-compare-columns">
          <ScatterPlot runs={comparison.runs} axes={axes} chosen={chosen} onToggle={toggle} />
          <ParallelPlot runs={comparison.runs} axes={axes} chosen={chosen} onToggle={toggle} />
        </div>
      )}
    </div>
  );
}
