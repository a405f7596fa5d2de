import type { ShownVersion } from "@lookback/protocol/cells.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { personText } from "../kit/author-text.ts";
import { OutputList } from "../kit/cells/output-list.tsx";
import { SourceDiff } from "../kit/cells/source-diff.tsx";
import { metricTitle, metricValue } from "../kit/metric.ts";
import { OutcomeMark } from "../kit/outcome-mark.tsx";
import { countText, durationText } from "../kit/quantity.ts";
import { RelativeTime } from "../kit/relative-time.tsx";
import { fileTitle, shortClass } from "../kit/titles.ts";

/** One version of a cell: when it ran, how it differs from the one before, and what came of it. */
export function Version(props: {
  host: Host;
  version: ShownVersion;
  /** None is known to have been before it. */
  isFirst: boolean;
  onPut: (source: string) => void;
}): ReactNode {
  const { host, version, isFirst, onPut } = props;
  const { source, runs, outputs, changes } = version;
  const [newest] = runs;
  if (newest === undefined) return null;
  return (
    <article className="lb-history-version">
      <header className="lb-history-head">
        <h2 className="lb-heading">
          <OutcomeMark outcome={newest.outcome} /> <RelativeTime at={newest.startedAt} />
        </h2>
        <span className="lb-muted">
          {[
            newest.author === null ? null : personText(newest.author),
            newest.durationMs === null ? null : durationText(newest.durationMs),
            runs.length > 1 ? countText(runs.length, "run") : null,
          ]
            .filter((fact) => fact !== null)
            .join(" · ")}
        </span>
        <button
          type="button"
          className="lb-button lb-history-put"
          disabled={source === null}
          title={
            source === null
              ? "The cell was edited before its run ended: what ran was not kept."
              : "Puts this source into the cell, as an edit that can be undone."
          }
          onClick={source === null ? undefined : () => onPut(source)}
        >
          Put this version back
        </button>
      </header>
      {source === null ? (
        <p className="lb-none">What ran was not kept: the cell was edited before its run ended.</p>
      ) : changes === null ? (
        <pre className="lb-card lb-mono lb-history-source">{source}</pre>
      ) : (
        <SourceDiff host={host} lines={changes} isCode />
      )}
      {changes === null && source !== null && !isFirst ? (
        <p className="lb-muted lb-small">Whole: the version before it is not known.</p>
      ) : null}
      <Facts version={version} />
      {outputs.length === 0 ? null : (
        <section className="lb-card lb-history-outputs" aria-label="Outputs">
          <OutputList outputs={outputs} drew="What the cell drew" />
        </section>
      )}
      <p className="lb-history-runs lb-muted">
        {runs.length === 1 ? "In run" : "In runs"}
        {runs.slice(0, MOST).map(({ run }) => (
          <button
            key={run}
            type="button"
            className="lb-link"
            title={`Open run ${run}`}
            onClick={() => host.openPanel("run", { id: run })}
          >
            {run.slice(-6)}
          </button>
        ))}
        {runs.length > MOST ? <span>and {(runs.length - MOST).toLocaleString()} more</span> : null}
      </p>
    </article>
  );
}

const MOST = 5;

/** Of its newest run: scores, models, and what it read and wrote. */
function Facts({ version }: { version: ShownVersion }): ReactNode {
  const [newest] = version.runs;
  if (newest === undefined) return null;
  const { metrics, models, datasets } = newest;
  const names = (access: string, noun: string) => {
    const paths = [...new Set(datasets.filter((use) => use.access === access).map(({ path }) => path))];
    if (paths.length === 0) return [];
    const rest = paths.length > MOST ? ` and ${paths.length - MOST} more` : "";
    return [`${noun} ${paths.slice(0, MOST).map(fileTitle).join(", ")}${rest}`];
  };
  const scores = metrics
    .slice(0, MOST)
    .map(({ name, value }) => `${metricTitle(name)} ${metricValue(value)}`);
  const said = [
    ...[...new Set(models.map(({ className }) => shortClass(className)))]
      .slice(0, MOST)
      .map((name) => `fitted ${name}`),
    ...names("read", "read"),
    ...names("write", "wrote"),
  ];
  if (scores.length + said.length === 0) return null;
  return (
    <p className="lb-history-facts">
      {scores.length === 0 ? null : <strong>{scores.join(", ")}</strong>}
      {metrics.length > MOST ? (
        <span className="lb-muted">and {metrics.length - MOST} more scores</span>
      ) : null}
      {said.length === 0 ? null : <span className="lb-muted">{said.join(" · ")}</span>}
    </p>
  );
}
