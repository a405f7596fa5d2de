import type { DiffLine } from "@lookback/protocol/compare.ts";
import { type ReactNode, useMemo } from "react";
import { countText } from "../quantity.ts";
import { type DiffRow, diffRows } from "./diff-rows.ts";
import "./cells.css";

/** Lines as a table: two columns where there is room, else one under the other. A sign says what the color says. */
export function LineDiff(props: { lines: readonly DiffLine[]; isSideBySide: boolean }): ReactNode {
  const { lines, isSideBySide } = props;
  const rows = useMemo(() => diffRows(lines), [lines]);
  return (
    <table className={`lb-lines ${isSideBySide ? "lb-two" : ""}`}>
      <thead className="lb-hidden">
        <tr>{isSideBySide ? [<th key="l">left</th>, <th key="r">right</th>] : <th>lines</th>}</tr>
      </thead>
      <tbody>
        {isSideBySide
          ? rows.map((row, at) => <TwoColumns key={keyOf(row, at)} row={row} />)
          : rows.map((row, at) => <OneColumn key={keyOf(row, at)} row={row} />)}
      </tbody>
    </table>
  );
}

/** As many lines may be left out in several places. */
function keyOf(row: DiffRow, at: number): string {
  return row.kind === "skipped" ? `skipped ${at}` : `${row.left?.left} ${row.right?.right}`;
}

function TwoColumns(props: { row: DiffRow }): ReactNode {
  const { row } = props;
  if (row.kind === "skipped") return <Skipped count={row.count} columns={2} />;
  const isSame = row.left === row.right;
  return (
    <tr>
      <Line line={row.left} kind={isSame ? "same" : "removed"} />
      <Line line={row.right} kind={isSame ? "same" : "added"} />
    </tr>
  );
}

function OneColumn(props: { row: DiffRow }): ReactNode {
  const { row } = props;
  if (row.kind === "skipped") return <Skipped count={row.count} columns={1} />;
  if (row.left === row.right)
    return (
      <tr>
        <Line line={row.left} kind="same" />
      </tr>
    );
  return (
    <>
      {row.left === null ? null : (
        <tr>
          <Line line={row.left} kind="removed" />
        </tr>
      )}
      {row.right === null ? null : (
        <tr>
          <Line line={row.right} kind="added" />
        </tr>
      )}
    </>
  );
}

function Line(props: { line: DiffLine | null; kind: "same" | "added" | "removed" }): ReactNode {
  const { line, kind } = props;
  if (line === null) return <td className="lb-line lb-absent" />;
  return (
    <td className={`lb-line lb-${kind}`}>
      <span className="lb-line-sign" aria-hidden="true">
        {SIGNS[kind]}
      </span>
      {kind === "same" ? null : <span className="lb-hidden">{kind}: </span>}
      <code>{line.text || " "}</code>
    </td>
  );
}

const SIGNS = { same: " ", added: "+", removed: "−" } as const;

function Skipped(props: { count: number; columns: number }): ReactNode {
  return (
    <tr>
      <td className="lb-line lb-skipped lb-muted" colSpan={props.columns}>
        {countText(props.count, "line")} the same
      </td>
    </tr>
  );
}
