import { failureText } from "@lookback/protocol/failures.ts";
import type { RunMarks } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { personText } from "../kit/author-text.ts";
import { deleteRun } from "../kit/delete-run.ts";
import { askName, askNote, askTags, toggleOfficial, toggleStar } from "../kit/mark-edits.ts";
import { Pill } from "../kit/pill.tsx";

/** What people said of a run: star, name, tags, what it is the official answer to, a note; each can be said here, and the run be deleted. */
export function RunMarkLine(props: { host: Host; id: string; marks: RunMarks }): ReactNode {
  const { host, id, marks } = props;
  const say = (error: unknown) => {
    host.notify("error", failureText(error));
  };
  const edit = (change: typeof toggleStar) => () => {
    change(host, id, marks).catch(say);
  };
  return (
    <div className="lb-run-marks">
      <button
        type="button"
        className="lb-button lb-quiet lb-run-star"
        aria-pressed={marks.starred}
        title={marks.starred ? "Take the star away" : "Star this run"}
        onClick={edit(toggleStar)}
      >
        <span aria-hidden="true">{marks.starred ? "★" : "☆"}</span>
        <span className="lb-hidden">Star</span>
      </button>
      {marks.official.map((mark) => (
        <Pill
          key={mark.question}
          kind="known"
          title={
            mark.disputed === null
              ? `By ${personText(mark.by)}`
              : `By ${personText(mark.by)}; ${personText(mark.disputed.by)} had marked run ${mark.disputed.run}`
          }
        >
          official for {mark.question}
        </Pill>
      ))}
      {marks.tags.map((tag) => (
        <Pill key={tag}>{tag}</Pill>
      ))}
      <button type="button" className="lb-link" onClick={edit(askName)}>
        {marks.name === null ? "Name" : "Rename"}
      </button>
      <button type="button" className="lb-link" onClick={edit(askTags)}>
        Tags
      </button>
      <button type="button" className="lb-link" onClick={edit(askNote)}>
        Note
      </button>
      <button type="button" className="lb-link" onClick={edit(toggleOfficial)}>
        {marks.official.length > 0 ? "No longer official" : "Mark as official"}
      </button>
      <button
        type="button"
        className="lb-link"
        onClick={() => {
          deleteRun(host, id).catch(say);
        }}
      >
        Delete
      </button>
      {marks.note === null ? null : <p className="lb-run-note">{marks.note}</p>}
    </div>
  );
}
