import type { JoinFeature } from "@lookback/protocol/joins.ts";
import { type ReactNode, useEffect } from "react";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { CandidatesTable } from "./candidates-table.tsx";
import { cellText, reasonText } from "./cell-text.ts";
import { StaircasePicture } from "./staircase-picture.tsx";
import { clockText, fullMomentText, momentText } from "./time-text.ts";
import { TimelinePicture } from "./timeline-picture.tsx";
import type { Preview } from "./use-preview.ts";
import { useWhy, type Why } from "./use-why.ts";

/** Why one cell holds what it holds: in a sentence, as a picture, and row by row. */
export function WhyPane(props: {
  preview: Preview;
  feature: JoinFeature;
  rowId: number;
  onClose: () => void;
}): ReactNode {
  const { preview, feature, rowId, onClose } = props;
  const { why, failure } = useWhy(preview, feature, rowId);
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === "Escape") onClose();
    };
    window.addEventListener("keydown", close);
    return () => window.removeEventListener("keydown", close);
  }, [onClose]);
  return (
    <aside className="lb-join-why" aria-label="Why this value">
      <button type="button" className="lb-link lb-join-close" onClick={onClose}>
        Esc
      </button>
      {failure ? <FailureNotice failure={failure} /> : null}
      {why ? <Explained preview={preview} why={why} /> : <p className="lb-muted">Looking…</p>}
    </aside>
  );
}

function Explained({ preview, why }: { preview: Preview; why: Why }): ReactNode {
  const { feature, row } = why;
  const value = cellText(row[feature.columns.value]);
  const told = preview.plan.spineColumns
    .map((name, index) => ({ name, value: cellText(row[`s${index}`]) }))
    .filter((each) => each.value !== null && each.name !== preview.plan.label)
    .map((each) => `${each.name} ${each.value}`)
    .join(" · ");
  return (
    <>
      <h2 className="lb-heading">
        Why is <span className="lb-mono">{feature.name}</span> {value ?? "none"} for this row?
      </h2>
      <p className="lb-muted">
        {told}
        {typeof row.spine_time === "number" ? `, predicted ${fullMomentText(row.spine_time)}` : ""}.{" "}
        {sentence(why)}
      </p>
      <TimelinePicture why={why} />
      <CandidatesTable why={why} />
      {why.history.length > 0 ? (
        <>
          <h2 className="lb-heading lb-join-spaced">
            {feature.entityKeys
              .map((key) => cellText(row[`s${preview.plan.spineColumns.indexOf(key)}`]))
              .join(", ")}{" "}
            <span className="lb-muted">
              {momentText(why.from)} – {momentText(why.to)}: as it was, and as it was served
            </span>
          </h2>
          <StaircasePicture why={why} />
        </>
      ) : null}
    </>
  );
}

function sentence({ feature, row, candidates }: Why): string {
  const moment = row.spine_time;
  const picked = row[feature.columns.eventTime];
  if (row[feature.columns.value] === null) return reasonText(row[feature.columns.reason]);
  if (typeof moment !== "number" || typeof picked !== "number") return "";
  if (feature.kind === "window") {
    return `The newest event that counted and had arrived by ${clockText(moment)} was observed at ${clockText(picked)}.`;
  }
  const late = candidates.filter(({ verdict }) => verdict === "not-arrived").length;
  const waiting =
    late === 0
      ? ""
      : ` ${late === 1 ? "One newer report" : `${late} newer reports`} had been observed but had not arrived.`;
  return `The newest row that had arrived by ${clockText(moment)} was observed at ${clockText(picked)}.${waiting}`;
}
