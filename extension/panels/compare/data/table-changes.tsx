import type { Comparison, DataComparison } from "@lookback/protocol/compare.ts";
import { type ReactNode, useState } from "react";
import type { Host } from "../../../host.ts";
import { FailureNotice } from "../../kit/failure-notice.tsx";
import { bytesText, countText } from "../../kit/quantity.ts";
import { mostColumns } from "./drift.ts";
import { Histogram } from "./histogram.tsx";
import { KeyChooser } from "./key-chooser.tsx";
import { RowExamples } from "./row-examples.tsx";
import { mostBytes } from "./table-pair.ts";
import { type TableChangesFound, useTableChanges } from "./use-table-changes.ts";

/** Whether rows of such a file can be compared in the page. */
export function isTable(path: string): boolean {
  return /\.(parquet|pq|csv|tsv)$/i.test(path);
}

/** How the rows of two stored versions differ, and how their columns drifted. Small files are compared at once, large ones when asked. */
export function TableChanges(props: {
  host: Host;
  runs: Comparison["runs"];
  data: DataComparison;
}): ReactNode {
  const { host, runs, data } = props;
  const size = (data.left?.size ?? 0) + (data.right?.size ?? 0);
  const [isWanted, setWanted] = useState(size <= AT_ONCE);
  const version = (side: "left" | "right") => ({
    run: runs[side === "left" ? 0 : 1]?.summary.id ?? "",
    sha256: data[side]?.sha256 ?? "",
  });
  const changes = useTableChanges(
    host,
    data.path,
    { left: version("left"), right: version("right") },
    isWanted,
  );
  const { found, doing, failure, chooseKey, again } = changes;
  const largest = Math.max(data.left?.size ?? 0, data.right?.size ?? 0);
  if (largest > mostBytes) {
    return (
      <p className="lb-muted">
        At {bytesText(largest)} it is too large to be compared row by row here, where {bytesText(mostBytes)}{" "}
        is the most. Restore both versions with <code>lookback restore RUN --to DIR</code>, and compare them
        with DuckDB or pandas.
      </p>
    );
  }
  if (!isWanted)
    return (
      <p>
        <button type="button" className="lb-button" onClick={() => setWanted(true)}>
          Compare rows
        </button>{" "}
        <span className="lb-muted">{bytesText(size)} to read</span>
      </p>
    );
  return (
    <div className="lb-table-changes" aria-busy={doing !== null}>
      {failure ? <FailureNotice failure={failure} onRetry={again} /> : null}
      {doing === null ? null : (
        <p className="lb-muted" role="status">
          <span className="lb-spinner" aria-hidden="true" /> {doing}
        </p>
      )}
      {found === null ? null : <Found found={found} onKey={chooseKey} />}
    </div>
  );
}

const AT_ONCE = 16_000_000;

function Found(props: {
  found: TableChangesFound;
  onKey: (key: readonly string[] | null) => void;
}): ReactNode {
  const { found, onKey } = props;
  const { rows, drifts, pair } = found;
  return (
    <>
      <div className="lb-row-counts">
        <p>{countsText(found)}</p>
        <KeyChooser
          columns={pair.columns}
          chosen={rows?.key ?? null}
          isRefused={rows === null}
          onChoose={onKey}
        />
        {rows !== null && rows.byColumn.length > 0 ? (
          <p className="lb-muted">
            changed in{" "}
            {rows.byColumn
              .slice(0, 4)
              .map(({ name, rows }) => `${name} (${rows.toLocaleString()})`)
              .join(", ")}
            {rows.byColumn.length > 4 ? ` and ${rows.byColumn.length - 4} more` : ""}
          </p>
        ) : null}
      </div>
      <Drifts drifts={drifts} />
      {pair.columns.length > mostColumns ? (
        <p className="lb-muted">
          How columns spread was looked at in the first {mostColumns} of{" "}
          {pair.columns.length.toLocaleString()}.
        </p>
      ) : null}
      {rows === null || rows.examples.length === 0 ? null : (
        <details className="lb-row-examples">
          <summary>{countText(rows.examples.length, "example")}</summary>
          <RowExamples rows={rows} />
        </details>
      )}
    </>
  );
}

function countsText({ rows, pair }: TableChangesFound): string {
  if (rows === null) return "Rows are not told apart by these columns.";
  const parts = [
    `${rows.added.toLocaleString()} added`,
    `${rows.removed.toLocaleString()} removed`,
    ...(rows.changed === null ? [] : [`${rows.changed.toLocaleString()} changed`]),
  ];
  const isSame = rows.added + rows.removed + (rows.changed ?? 0) === 0;
  if (!isSame) return parts.join(", ");
  return pair.rows.left === pair.rows.right
    ? "The same rows in the columns that both have: their order or form differs."
    : parts.join(", ");
}

function Drifts(props: { drifts: TableChangesFound["drifts"] }): ReactNode {
  const { drifts } = props;
  const [isAll, setAll] = useState(false);
  if (drifts.length === 0) return null;
  return (
    <div className="lb-drifts">
      {drifts.slice(0, isAll ? drifts.length : FIRST).map((drift) => (
        <Histogram key={drift.name} drift={drift} />
      ))}
      {drifts.length > FIRST ? (
        <button type="button" className="lb-link lb-drifts-more" onClick={() => setAll(!isAll)}>
          {isAll ? "Show fewer columns" : `Show all ${countText(drifts.length, "column")}`}
        </button>
      ) : null}
    </div>
  );
}

const FIRST = 2;
