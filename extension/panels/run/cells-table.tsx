import type { Run } from "@lookback/protocol/runs.ts";
import { type ReactNode, useMemo } from "react";
import type { Host } from "../../host.ts";
import type { AllShown } from "../kit/all-shown.ts";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { metricTitle } from "../kit/metric.ts";
import { OutcomeMark } from "../kit/outcome-mark.tsx";
import { durationText } from "../kit/quantity.ts";
import { tellingLine } from "../kit/telling-line.ts";
import { fileTitle, shortClass } from "../kit/titles.ts";
import { useAnswer } from "../kit/use-answer.ts";
import { scoreLines, scoreLineText } from "./score-lines.ts";

/** The cells in the order they ran: what each is, what it read, fitted and scored, and how long it took. */
export function CellsTable(props: { host: Host; run: Run }): ReactNode {
  const { host, run } = props;
  const { answer, failure, again } = useAnswer(host, "lookback/runs/notebook", { id: run.id });
  const lines = useMemo(
    () => answer?.sources.map((source) => (source === null ? null : tellingLine(source))) ?? [],
    [answer],
  );
  const longest = Math.max(1, ...run.cells.map((cell) => cell.durationMs ?? 0));
  return (
    <div className="lb-card">
      {failure === null ? null : <FailureNotice failure={failure} onRetry={again} />}
      <table className="lb-table lb-cells">
        <colgroup>
          <col className="lb-cell-number" />
          <col />
          <col className="lb-cell-outcome" />
          <col className="lb-cell-time" />
        </colgroup>
        <thead className="lb-hidden">
          <tr>
            <th>Cell</th>
            <th>Source, and what it did</th>
            <th>Outcome</th>
            <th>Duration</th>
          </tr>
        </thead>
        <tbody>
          {run.cells.map((cell, at) => (
            <CellRow
              key={cell.startedAt + cell.cellId}
              cell={cell}
              line={lines[at]}
              did={didText(run, cell)}
              gone={goneText(run, cell)}
              longest={longest}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CellRow(props: {
  cell: Run["cells"][number];
  /** Null where nobody kept what ran; undefined until it is there. */
  line: string | null | undefined;
  did: string;
  gone: string;
  longest: number;
}): ReactNode {
  const { index, console, outcome, durationMs, edited, ...rest } = props.cell;
  const { cellId: _id, startedAt: _at, sourceSha256: _source, ...unshown } = rest;
  unshown satisfies AllShown;
  return (
    <tr data-outcome={outcome}>
      <td className="lb-muted">
        {console !== null ? (
          <span title={`Run by no cell of a notebook, as the console's ${console}.`}>console</span>
        ) : index !== null ? (
          index + 1
        ) : (
          <span title="The notebook holds this cell no more.">–</span>
        )}
      </td>
      <td className="lb-cell-source">
        {props.line === null ? (
          <span className="lb-none">what ran was not kept</span>
        ) : (
          <code className="lb-mono lb-ellipsis">{props.line || " "}</code>
        )}
        <Did text={props.did} />
        {props.gone === "" ? null : (
          <span
            className="lb-cell-edited"
            title="Run from its top, the notebook would not give this cell the same."
          >
            {props.gone}
          </span>
        )}
        {edited ? (
          <span className="lb-cell-edited" title="The notebook's cell no longer holds what ran.">
            edited since
          </span>
        ) : null}
      </td>
      <td>
        {outcome === "ok" ? <span className="lb-hidden">finished</span> : <OutcomeMark outcome={outcome} />}
      </td>
      <td className="lb-number lb-cell-time">
        {durationMs === null ? (
          <span className="lb-none" title="Its kernel went before it ended">
            not known
          </span>
        ) : (
          <>
            {durationText(durationMs)}
            <span
              className="lb-cell-bar"
              aria-hidden="true"
              style={{ width: `${(durationMs / props.longest) * 100}%` }}
            />
          </>
        )}
      </td>
    </tr>
  );
}

function Did(props: { text: string }): ReactNode {
  if (props.text === "") return null;
  return (
    <div className="lb-cell-did lb-ellipsis lb-muted" title={props.text}>
      {props.text}
    </div>
  );
}

/** What was done several times is said once, with how often. */
function counts(texts: readonly string[]): string[] {
  const often = new Map<string, number>();
  for (const text of texts) often.set(text, (often.get(text) ?? 0) + 1);
  return [...often].map(([text, count]) => (count === 1 ? text : `${text} ×${count.toLocaleString()}`));
}

/** Names that it used as no cell of the notebook gives them any more. */
function goneText(run: Run, cell: Run["cells"][number]): string {
  const words = {
    edited: "from a cell edited since",
    gone: "from a cell that is gone",
    console: "from a console",
  };
  return (["gone", "edited", "console"] as const)
    .flatMap((why) => {
      const names = (run.goneNames ?? []).filter((gone) => gone.cellId === cell.cellId && gone.why === why);
      return names.length === 0 ? [] : [`${names.map(({ name }) => name).join(", ")} ${words[why]}`];
    })
    .join("; ");
}

function didText(run: Run, cell: Run["cells"][number]): string {
  const here = <T extends { cellId: string }>(things: readonly T[]) =>
    things.filter((thing) => thing.cellId === cell.cellId);
  return [
    ...here(run.datasets).map(
      (use) => `${use.access === "read" ? "reads" : "writes"} ${fileTitle(use.path)}`,
    ),
    ...counts(here(run.models).map((model) => `fits ${shortClass(model.className)}`)),
    ...scoreLines(here(run.metrics)).map(scoreLineText),
    ...here(run.tables).map((table) => metricTitle(table.name)),
  ].join(" · ");
}
