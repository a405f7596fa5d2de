import type { ShownFix } from "@lookback/protocol/findings.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { SourceDiff } from "../kit/cells/source-diff.tsx";
import type { CellNames } from "../kit/places.ts";

/** What a fix would change, cell by cell, before anybody takes it. */
export function FixPreview(props: {
  host: Host;
  fix: ShownFix;
  names: CellNames;
  onTake: () => void;
  onLeave: () => void;
}): ReactNode {
  const { host, fix, names, onTake, onLeave } = props;
  return (
    <section className="lb-explain-preview" aria-label={fix.title}>
      <p>This changes more than the leak: look at it before you take it.</p>
      {fix.changes.map(({ uri, lines }) => (
        <figure key={uri}>
          {names[uri] === undefined ? null : (
            <figcaption className="lb-muted lb-small">{names[uri]}</figcaption>
          )}
          <SourceDiff host={host} lines={lines} isCode />
        </figure>
      ))}
      <div className="lb-explain-actions">
        <button type="button" className="lb-button lb-primary" onClick={onTake}>
          Make this change
        </button>
        <button type="button" className="lb-button lb-quiet" onClick={onLeave}>
          Leave it
        </button>
      </div>
    </section>
  );
}
