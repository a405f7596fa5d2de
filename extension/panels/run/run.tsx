import type { Run, ShownRun } from "@lookback/protocol/runs.ts";
import { type ReactNode, useEffect } from "react";
import type { Host, Mount } from "../../host.ts";
import { draw } from "../kit/draw.tsx";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { useAnswer } from "../kit/use-answer.ts";
import { Waiting } from "../kit/waiting.tsx";
import { WithCode } from "../kit/with-code.tsx";
import { CellsTable } from "./cells-table.tsx";
import { CoverageLine } from "./coverage-line.tsx";
import { DataTable } from "./data-table.tsx";
import { EnvironmentList } from "./environment-list.tsx";
import { FindingList } from "./finding-list.tsx";
import { MetricsTable } from "./metrics-table.tsx";
import { ModelList } from "./model-list.tsx";
import { RunHeader } from "./run-header.tsx";
import { RunOutputs } from "./run-outputs.tsx";
import { kernelText } from "./run-words.ts";
import { ScoreTables } from "./score-tables.tsx";
import "./run.css";

/** The page of one run: what came out, from what, and how to have it back. */
export const mountRun: Mount<"run"> = (element, host, params) =>
  draw(element, <RunPage host={host} id={params.id} />);

function RunPage(props: { host: Host; id: string }): ReactNode {
  const { host, id } = props;
  const { answer: run, failure, again } = useAnswer(host, "lookback/runs/show", { id });
  useEffect(
    () =>
      host.on("lookback/runs/changed", (change) => {
        if (change.id === null || change.id === id) again();
      }),
    [host, id, again],
  );
  return (
    <main className="lb-panel lb-run">
      {failure ? <FailureNotice failure={failure} onRetry={again} /> : null}
      {run ? <Page host={host} run={run} /> : failure ? null : <Waiting>Reading the run</Waiting>}
    </main>
  );
}

function Page(props: { host: Host; run: ShownRun }): ReactNode {
  const { host, run } = props;
  return (
    <>
      <RunHeader host={host} run={run} />
      <div className="lb-run-columns">
        <div className="lb-run-column">
          <FindingList trust={run.trust} cells={run.cells} headline={run.headline} />
          <CoverageLine trust={run.trust} cells={run.cells} />
          <Section title="Cells" aside={cellsAside(run)}>
            <CellsTable host={host} run={run} />
          </Section>
          <Section title="Data" aside={run.datasets.length === 0 ? "no files read or written" : null}>
            <DataTable host={host} datasets={run.datasets} />
          </Section>
          <RunOutputs host={host} id={run.id} />
        </div>
        <div className="lb-run-column">
          <Section
            title="Metrics"
            aside={run.metrics.length + run.tables.length === 0 ? "none computed" : null}
          >
            <MetricsTable
              host={host}
              runId={run.id}
              metrics={run.metrics}
              looks={run.looks}
              leaks={run.trust?.findings ?? []}
            />
            <ScoreTables tables={run.tables} />
          </Section>
          <ModelList models={run.models} />
          <Remarks run={run} />
          <Notes run={run} />
          <EnvironmentList run={run} />
        </div>
      </div>
    </>
  );
}

function Section(props: { title: string; aside: string | null; children: ReactNode }): ReactNode {
  return (
    <section className="lb-run-section">
      <h2 className="lb-heading">
        {props.title} {props.aside ? <span className="lb-run-aside lb-muted">{props.aside}</span> : null}
      </h2>
      {props.children}
    </section>
  );
}

/** What the run's own cells said of it. */
function Remarks({ run }: { run: Run }): ReactNode {
  const parameters = Object.entries(run.parameters).map(
    ([name, value]) => `${name}=${String(value ?? "None")}`,
  );
  const lines = [
    ...(parameters.length === 0 ? [] : [parameters.join(", ")]),
    ...(run.tags.length === 0 ? [] : [`tagged ${run.tags.join(", ")}`]),
    ...run.remarks,
  ];
  if (lines.length === 0) return null;
  return (
    <Section title="Parameters and remarks" aside={null}>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run never changes, and may say the same twice
        <p key={at} className="lb-wrap">
          {line}
        </p>
      ))}
    </Section>
  );
}

function Notes(props: { run: Run }): ReactNode {
  if (props.run.notes.length === 0) return null;
  return (
    <Section title="Notes" aside={null}>
      <ul className="lb-run-notes">
        {props.run.notes.map((note) => (
          <li key={`${note.code} ${note.message}`} data-code={note.code}>
            <span className="lb-run-note-mark" aria-hidden="true">
              ◐
            </span>
            <WithCode text={note.message} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function cellsAside(run: Run): string {
  const edited = run.cells.filter((cell) => cell.edited).length;
  return ["in execution order", kernelText(run), edited > 0 ? `${edited} edited since` : null]
    .filter((part) => part !== null)
    .join(" · ");
}
