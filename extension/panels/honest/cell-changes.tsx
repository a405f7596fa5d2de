import type { CellChange } from "@lookback/protocol/honest.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { SourceDiff } from "../kit/cells/source-diff.tsx";

/** Sources before and after, a cell each. */
export function CellChanges(props: { host: Host; changes: readonly CellChange[] }): ReactNode {
  const { host, changes } = props;
  return changes.map(({ cellId, cell, lines }) => (
    <figure key={cellId} aria-label={`Cell ${cell}`}>
      <figcaption className="lb-muted lb-small">cell {cell}</figcaption>
      <SourceDiff host={host} lines={lines} isCode sides={sides} />
    </figure>
  ));
}

const sides = ["before", "after"] as const;
