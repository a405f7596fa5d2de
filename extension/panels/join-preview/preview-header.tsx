import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { countText } from "../kit/quantity.ts";
import { shareText } from "./cell-text.ts";
import { sqlCell } from "./sql-cell.ts";
import { tieNote } from "./tie-note.ts";
import type { Preview } from "./use-preview.ts";

/** What it is and, in one sentence, what it saves the person from. */
export function PreviewHeader(props: {
  host: Host;
  uri: string;
  trainingSet: string;
  preview: Preview | null;
}): ReactNode {
  const { host, preview, trainingSet } = props;
  const rows = preview ? Number(preview.facts.rows) : null;
  return (
    <header className="lb-header">
      <div className="lb-join-heading">
        <h1 className="lb-title">
          {trainingSet}{" "}
          <span className="lb-join-kind">
            training set{rows === null ? "" : ` · ${countText(rows, "row")}`}
          </span>
        </h1>
        <p className="lb-join-headline">{preview ? <Headline preview={preview} /> : " "}</p>
      </div>
      <div className="lb-actions">
        <button
          type="button"
          className="lb-button lb-quiet"
          disabled={!preview}
          onClick={() => preview && host.openText(`${trainingSet}.sql`, preview.plan.trainingSql, "sql")}
        >
          SQL
        </button>
        <button
          type="button"
          className="lb-button"
          disabled={!preview}
          onClick={() => preview && host.insertCell(props.uri, null, sqlCell(preview.plan))}
        >
          Insert as cell
        </button>
      </div>
    </header>
  );
}

function Headline({ preview }: { preview: Preview }): ReactNode {
  const rows = Number(preview.facts.rows);
  const views = leaksByView(preview);
  const [first, ...others] = views;
  if (rows === 0) return "The training set's file has no rows.";
  if (!first)
    return `A naive join, as-of on event time, would have seen the same: no row leaks here.${createdNote(preview)}${tieNote(preview.plan.features, preview.facts)}`;
  return (
    <>
      Without the point-in-time join, as-of on event time alone,{" "}
      <strong className="lb-join-leak">
        {first.leaked.toLocaleString()} rows ({shareText(first.leaked, rows)})
      </strong>{" "}
      would have seen {first.window ? "events" : "a row"} of <span className="lb-mono">{first.view}</span>{" "}
      that did not exist yet
      {others.map((other) => (
        <span key={other.view}>
          , and {other.leaked.toLocaleString()} {other.window ? "events" : "a row"} of{" "}
          <span className="lb-mono">{other.view}</span>
        </span>
      ))}
      .{createdNote(preview)}
      {tieNote(preview.plan.features, preview.facts)}
    </>
  );
}

/** Says where a created time does not bound what a row can see. */
function createdNote({ plan }: Preview): string {
  const views = [
    ...new Set(plan.features.flatMap(({ createdTime, view }) => (createdTime === "ties" ? [view] : []))),
  ];
  if (views.length === 0) return "";
  return ` The created time of ${views.join(", ")} only decides ties, as its definition says: rows written later are seen.`;
}

/** Views that leak, in the order of the features. */
function leaksByView(preview: Preview): { view: string; leaked: number; window: boolean }[] {
  const found = new Map<string, { view: string; leaked: number; window: boolean }>();
  for (const [index, feature] of preview.plan.features.entries()) {
    const leaked = Number(preview.facts[`f${index}_leaked`] ?? 0);
    const known = found.get(feature.view);
    if (leaked > (known?.leaked ?? 0)) {
      found.set(feature.view, { view: feature.view, leaked, window: feature.kind === "window" });
    }
  }
  return [...found.values()];
}
