import type { CellComparison, Comparison } from "@lookback/protocol/compare.ts";
import { type ReactNode, useState } from "react";
import type { Host } from "../../../host.ts";
import { SourceDiff } from "../../kit/cells/source-diff.tsx";
import { countText } from "../../kit/quantity.ts";
import { hasChanged, hasOtherOutputs } from "../pair-counts.ts";
import { Section } from "../section.tsx";
import { OutputsPair } from "./outputs-pair.tsx";

type Cells = NonNullable<Comparison["pair"]>["cells"];

/** Cells whose source or place changed; those that merely showed something else; or all, each in its place. */
export function CellChanges(props: {
  host: Host;
  cells: Cells;
  show: "sources" | "outputs" | "all";
}): ReactNode {
  const { host, cells, show } = props;
  const [most, setMost] = useState(FIRST);
  const title = show === "outputs" ? "Outputs" : "Cells";
  if (!cells.isKnown)
    return show === "outputs" ? null : <Section title={title} aside="not known: a notebook cannot be read" />;
  const isSource = (row: CellComparison) => row.state !== "same" || row.isMoved;
  const wanted = {
    sources: cells.rows.filter(isSource),
    outputs: cells.rows.filter((row) => !isSource(row) && hasChanged(row)),
    all: cells.rows,
  }[show];
  const same = cells.rows.filter((row) => (show === "sources" ? !isSource(row) : !hasChanged(row))).length;
  if (wanted.length === 0) return null;
  return (
    <Section
      title={title}
      aside={
        show === "outputs" || same === 0
          ? null
          : `${countText(same, "cell")} ${show === "sources" ? "with the same code" : "identical"}`
      }
    >
      {wanted.slice(0, most).map((row) => (
        <Cell key={`${row.left?.index} ${row.right?.index}`} host={host} row={row} />
      ))}
      {wanted.length > most ? (
        <p>
          <button type="button" className="lb-link" onClick={() => setMost(most * 10)}>
            Show {Math.min(wanted.length - most, most * 9).toLocaleString()} more of{" "}
            {countText(wanted.length, "cell")}
          </button>
        </p>
      ) : null}
    </Section>
  );
}

const FIRST = 20;

function Cell(props: { host: Host; row: CellComparison }): ReactNode {
  const { host, row } = props;
  const side = row.right ?? row.left;
  const said = saidOf(row);
  const isSource = row.state !== "same" && row.lines.length > 0;
  return (
    <article className="lb-cell-change" data-state={row.state}>
      <h3 className="lb-cell-title">
        <span className="lb-strong-text">
          {row.type === "code" ? "Cell" : "Text cell"} {(side?.index ?? 0) + 1}
        </span>
        {side?.title ? <code className="lb-mono lb-ellipsis">{side.title}</code> : null}
        <span className="lb-muted lb-cell-said">{said}</span>
      </h3>
      {isSource ? <SourceDiff host={host} lines={row.lines} isCode={row.type === "code"} /> : null}
      {hasOtherOutputs(row) ? <OutputsPair outputs={row.outputs} /> : null}
    </article>
  );
}

function saidOf({ state, isMoved, left, right, outputs, lines }: CellComparison): string {
  const edited = [left?.edited ? "left" : null, right?.edited ? "right" : null].filter(
    (each) => each !== null,
  );
  const ran = left !== null && right !== null && left.ran !== right.ran;
  const parts = [
    STATES[state],
    isMoved ? `moved from ${(left?.index ?? 0) + 1}` : "",
    hasOtherOutputs({ outputs }) ? OUTPUTS[outputs.state] : "",
    ran ? `ran ${left.ran ? "left" : "right"} only` : "",
    edited.length > 0 ? `edited since it ran ${edited.join(" and ")}` : "",
    state === "changed" && lines.length === 0 ? "what ran is no longer in the notebook" : "",
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

const STATES = {
  same: "",
  changed: "changed",
  added: "added",
  removed: "removed",
  unknown: "not known",
} as const;

const OUTPUTS = {
  same: "",
  none: "",
  changed: "outputs differ",
  added: "has outputs now",
  removed: "has no outputs now",
} as const;
