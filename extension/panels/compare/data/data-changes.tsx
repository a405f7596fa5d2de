import type { Comparison, DataComparison } from "@lookback/protocol/compare.ts";
import type { ReactNode } from "react";
import type { Host } from "../../../host.ts";
import { bytesText, countText } from "../../kit/quantity.ts";
import { fileTitle } from "../../kit/titles.ts";
import { Section } from "../section.tsx";
import { isTable, TableChanges } from "./table-changes.tsx";

/** Files that differ, or of which nobody knows; those that are the same are named, or, `isWhole`, listed. */
export function DataChanges(props: {
  host: Host;
  runs: Comparison["runs"];
  data: readonly DataComparison[];
  isWhole?: boolean;
}): ReactNode {
  const { host, runs, data, isWhole = false } = props;
  const changed = data.filter(({ state }) => state !== "same");
  const same = data.filter(({ state }) => state === "same");
  if (data.length === 0)
    return isWhole ? <Section title="Data" aside="no files read or written in either run" /> : null;
  if (changed.length === 0 && !isWhole) return null;
  return (
    <Section title="Data" aside={same.length === 0 ? null : sameText(same)}>
      {changed.map((each) => (
        <File key={`${each.access} ${each.path} ${each.query}`} host={host} runs={runs} data={each} />
      ))}
      {isWhole && same.length > 0 ? (
        <ul className="lb-compare-notes">
          {same.map(({ access, path, query, leftPath, right }) => (
            <li key={`${access} ${path} ${query}`} className="lb-muted">
              {path} identical{leftPath === null ? "" : `, on the left ${leftPath}`}
              {right?.rows == null ? "" : `, ${countText(right.rows, "row")}`}
              {access === "write" ? ", written" : ""}
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}

function sameText(same: readonly DataComparison[]): string {
  const [only] = same;
  if (same.length > 1 || only === undefined) return `${countText(same.length, "file")} identical`;
  const rows = only.right?.rows;
  return `${fileTitle(only.path)} identical${rows == null ? "" : `, ${countText(rows, "row")}`}`;
}

function File(props: { host: Host; runs: Comparison["runs"]; data: DataComparison }): ReactNode {
  const { host, runs, data } = props;
  const { path, access, kind, state, reason, leftPath } = data;
  const canLook =
    state === "changed" &&
    kind === "file" &&
    isTable(path) &&
    data.left?.isStored === true &&
    data.right?.isStored === true;
  return (
    <article className="lb-card lb-data-change">
      <div className="lb-data-facts">
        <h3 className="lb-cell-title">
          <span className="lb-strong-text lb-ellipsis" title={path}>
            {kind === "file" || kind === "folder" ? fileTitle(path) : path}
          </span>
          <span className="lb-muted">{access === "write" ? "written" : ""}</span>
        </h3>
        {data.query === null ? null : (
          <p className="lb-mono lb-ellipsis" title={data.query}>
            {data.query}
          </p>
        )}
        <p>{headline(data)}</p>
        {data.isSameRows === true && state === "changed" ? (
          <p>the same rows, in another order or form</p>
        ) : null}
        {leftPath === null ? null : <p className="lb-muted">on the left {leftPath}</p>}
        {state === "unknown" ? (
          <p className="lb-compare-reason">
            <span aria-hidden="true">◐</span> Whether it is the same is not known: {reason}.
          </p>
        ) : null}
        <Schema data={data} />
        <Bytes data={data} />
        {state === "changed" && !canLook ? <p className="lb-muted">{whyNotLooked(data)}</p> : null}
      </div>
      {canLook ? <TableChanges host={host} runs={runs} data={data} /> : null}
    </article>
  );
}

function headline({ state, left, right }: DataComparison): ReactNode {
  if (state === "added") return <strong>only the right run has it</strong>;
  if (state === "removed") return <strong>only the left run has it</strong>;
  const [before, after] = [left?.rows ?? null, right?.rows ?? null];
  if (before === null || after === null || state === "unknown")
    return state === "unknown" ? null : <strong>changed</strong>;
  return before === after ? (
    <strong>{countText(after, "row")}, as many as before</strong>
  ) : (
    <strong>
      {before.toLocaleString()} → {countText(after, "row")}
    </strong>
  );
}

function Schema(props: { data: DataComparison }): ReactNode {
  const { schema, state } = props.data;
  if (schema === null || state !== "changed") return null;
  const lines = [
    ...schema.added.map(({ name, type }) => `column ${name} (${type}) added`),
    ...schema.removed.map(({ name }) => `column ${name} removed`),
    ...schema.retyped.map(({ name, left, right }) => `column ${name}: ${left} → ${right}`),
    ...(schema.isReordered ? ["columns in another order"] : []),
  ];
  if (lines.length === 0) return <p className="lb-muted">the same columns</p>;
  return lines.map((line) => <p key={line}>{line}</p>);
}

function Bytes(props: { data: DataComparison }): ReactNode {
  const { left, right, newBytes, state } = props.data;
  if (state !== "changed") return null;
  const size = right?.size ?? null;
  if (newBytes !== null && size !== null && size > 0)
    return <p className="lb-muted">{shareText(newBytes / size)} of its bytes are new</p>;
  if (left?.size == null || size === null) return null;
  return (
    <p className="lb-muted">
      {bytesText(left.size)} → {bytesText(size)}
    </p>
  );
}

function shareText(share: number): string {
  return `${(share * 100).toLocaleString(undefined, { maximumSignificantDigits: 2 })} %`;
}

function whyNotLooked({ path, kind, left, right }: DataComparison): string {
  if (kind !== "file" || !isTable(path)) return "Rows are compared of Parquet and CSV files.";
  const sides = [left?.isStored ? null : "left", right?.isStored ? null : "right"].filter(
    (each) => each !== null,
  );
  return `Its rows cannot be compared: the bytes of the ${sides.join(" and the ")} version are not stored.`;
}
