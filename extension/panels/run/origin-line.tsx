import type { Run } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { metricTitle, metricValue } from "../kit/metric.ts";
import { Pill } from "../kit/pill.tsx";
import { originText } from "./origin-text.ts";

/** Of which run, and with which fixes, a run is the kept honest score; nothing of one that somebody ran, and of one of which nobody knows. */
export function OriginLine(props: { host: Host; origin: Run["origin"] }): ReactNode {
  const { host, origin } = props;
  if (origin?.kind !== "honest") return null;
  const { run, asWritten } = origin;
  return (
    <p className="lb-wrap lb-run-origin">
      <Pill kind="served">honest score</Pill>{" "}
      {run === null ? (
        "of the notebook, of which no run as it was is known"
      ) : (
        <>
          of{" "}
          <button
            type="button"
            className="lb-link"
            title={`Run ${run}`}
            onClick={() => host.openPanel("run", { id: run })}
          >
            run {run.slice(-6)}
          </button>
        </>
      )}
      , {metricTitle(asWritten.name)} {metricValue(asWritten.value)} as written. {originText(origin)}
    </p>
  );
}
