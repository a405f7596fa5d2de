import { type ReactNode, useState } from "react";
import { canIdentify, type SharedColumn } from "./column-kind.ts";

/** By which columns rows were matched, and how to choose others. */
export function KeyChooser(props: {
  columns: readonly SharedColumn[];
  chosen: readonly string[] | null;
  /** The key that was chosen last tells rows not apart. */
  isRefused: boolean;
  onChoose: (key: readonly string[] | null) => void;
}): ReactNode {
  const { columns, chosen, isRefused, onChoose } = props;
  const [isOpen, setOpen] = useState(false);
  const [draft, setDraft] = useState<readonly string[]>(chosen ?? []);
  const able = columns.filter(({ left, right }) => canIdentify(left) && canIdentify(right));
  const toggle = (name: string) =>
    setDraft(draft.includes(name) ? draft.filter((each) => each !== name) : [...draft, name]);
  const text = isRefused
    ? `several rows share ${draft.join(", ")}, or it is missing in some`
    : chosen === null
      ? "no columns identify a row: whole rows were compared"
      : `by (${chosen.join(", ")})`;
  return (
    <div className="lb-key">
      <p className="lb-muted">
        {text}{" "}
        {able.length > 0 ? (
          <button type="button" className="lb-link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            change
          </button>
        ) : null}
      </p>
      {isOpen ? (
        <fieldset className="lb-key-columns">
          <legend className="lb-small">Rows are the same when these are</legend>
          {able.map(({ name }) => (
            <label key={name}>
              <input type="checkbox" checked={draft.includes(name)} onChange={() => toggle(name)} /> {name}
            </label>
          ))}
          <button
            type="button"
            className="lb-button"
            onClick={() => {
              setOpen(false);
              onChoose(draft.length === 0 ? null : draft);
            }}
          >
            {draft.length === 0 ? "Compare whole rows" : "Compare by these"}
          </button>
        </fieldset>
      ) : null}
    </div>
  );
}
