import { leakText } from "@lookback/kernel-bridge/metrics/leak-words.ts";
import { countLeaks } from "@lookback/kernel-bridge/metrics/leaks-of-score.ts";
import type { Run, ShownRun } from "@lookback/protocol/runs.ts";
import { type ReactNode, useState } from "react";
import type { Host } from "../../host.ts";
import { authorText } from "../kit/author-text.ts";
import { ElsewherePill } from "../kit/elsewhere-pill.tsx";
import { OutcomeMark } from "../kit/outcome-mark.tsx";
import { Pill } from "../kit/pill.tsx";
import { cellsCountText, countText, durationText } from "../kit/quantity.ts";
import { RelativeTime } from "../kit/relative-time.tsx";
import { ReproductionNote } from "../kit/reproduction.tsx";
import { RestoreMenu } from "../kit/restore-menu.tsx";
import { restoreRun } from "../kit/restore-run.ts";
import { useReproduction } from "../kit/use-reproduction.ts";
import { CopyableId } from "./copyable-id.tsx";
import { OriginLine } from "./origin-line.tsx";
import { RunMarkLine } from "./run-marks.tsx";
import { cameOut, cellName, fromWhat } from "./run-words.ts";

/** The sentence on top of the run page, where and when it ran, and the ways back to it. */
export function RunHeader(props: { host: Host; run: ShownRun }): ReactNode {
  const { host, run } = props;
  const counts = countLeaks(run.trust?.findings ?? [], run.headline?.cellId ?? null);
  const leaks = leakText(counts);
  const [busy, setBusy] = useState(false);
  const reproducing = useReproduction(host, run.id);

  const restore = async () => {
    setBusy(true);
    await restoreRun(host, run.id, { data: false, inPlace: false });
    setBusy(false);
  };

  return (
    <>
      <header className="lb-header lb-run-header">
        <div className="lb-run-words">
          {run.marks.name === null ? null : <p className="lb-strong">{run.marks.name}</p>}
          <h1 className="lb-title">
            {leaks !== null && run.outcome.kind === "ok" ? (
              <s className="lb-muted">{cameOut(run)}</s>
            ) : (
              cameOut(run)
            )}{" "}
            <span className="lb-run-from lb-muted">{fromWhat(run)}</span>
          </h1>
          <p className="lb-run-sub lb-muted">
            <OutcomeMark outcome={run.outcome.kind} />
            <RelativeTime at={run.startedAt} />
            <Dot />
            <button
              type="button"
              className="lb-link lb-ellipsis"
              title={run.notebook}
              onClick={() => host.openFile(run.notebook)}
            >
              {run.notebook}
            </button>
            <Dot />
            <span>{ranText(run)}</span>
            {run.durationMs === null ? null : (
              <>
                <Dot />
                <span>{durationText(run.durationMs)}</span>
              </>
            )}
            <Dot />
            <span>{authorText(run)}</span>
            <Dot />
            <CopyableId
              host={host}
              id={run.id}
              what="run's id"
              short={`${run.id.slice(0, 4)}…${run.id.slice(-4)}`}
            />
            {leaks === null ? null : (
              <>
                <Pill kind="future" mark="◇">
                  {leaks}, not comparable
                </Pill>
                <button
                  type="button"
                  className="lb-link"
                  title="What the score of this notebook, as it is saved now, is without its leaks."
                  onClick={() =>
                    host.openPanel("honest", { notebook: run.notebook, asked: new Date().toISOString() })
                  }
                >
                  Show the honest score
                </button>
              </>
            )}
            <ElsewherePill leaks={counts} />
            {run.trust !== null && leaks === null && run.trust.coverage?.said !== null ? (
              <Pill
                kind="late"
                mark="◐"
                title={run.trust.coverage?.said ?? "How much of the notebook was read is not known"}
              >
                not all read
              </Pill>
            ) : null}
            {run.trust === null ? (
              <Pill title="The leakage linter could not read this notebook.">not checked</Pill>
            ) : null}
          </p>
          <OriginLine host={host} origin={run.origin} />
          <RunMarkLine host={host} id={run.id} marks={run.marks} />
        </div>
        <div className="lb-actions">
          <button
            type="button"
            className="lb-button"
            title="What this run rests on, and what rests on it."
            onClick={() => host.openPanel("lineage", { of: { run: run.id } })}
          >
            Lineage
          </button>
          <button
            type="button"
            className="lb-button"
            title="Shows the notebook of this run, read-only."
            onClick={() => host.openRunCopy({ id: run.id, notebook: run.notebook })}
          >
            View notebook
          </button>
          <RestoreMenu host={host} label="More ways" runs={[{ summary: run, name: "" }]} />
          <button
            type="button"
            className="lb-button"
            title="Runs it again from its restored inputs, in a fresh kernel. Nothing of yours is written."
            disabled={reproducing.step !== null}
            onClick={reproducing.start}
          >
            Reproduce
          </button>
          <button
            type="button"
            className="lb-button lb-primary"
            title="Writes the notebook of this run beside the original. Nothing is overwritten."
            disabled={busy}
            onClick={restore}
          >
            {busy ? "Restoring" : "Restore notebook"}
          </button>
        </div>
      </header>
      <ReproductionNote reproducing={reproducing} />
    </>
  );
}

function Dot(): ReactNode {
  return <span aria-hidden="true">·</span>;
}

function ranText(run: Run): string {
  const { outcome } = run;
  if (run.cellCount === 0 && run.cells.length === 0) return cellsCountText(0);
  if (outcome.kind === "ok") return `${run.cells.length} of ${countText(run.cellCount, "cell")}`;
  const at = run.cells.find((cell) => cell.cellId === outcome.cellId);
  const where = at ? cellName(at.index) : `${run.cells.length} of ${countText(run.cellCount, "cell")}`;
  if (outcome.kind === "error") return `stopped in ${where}`;
  return outcome.cutOff === undefined ? `interrupted in ${where}` : `in ${where}`;
}
