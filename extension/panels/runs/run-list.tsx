import type { RunSummary } from "@lookback/protocol/runs.ts";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { RunRow } from "./run-row.tsx";
import type { RunRow as Row } from "./run-rows.ts";

/** The rows as one list box: only those in sight are drawn; arrows, Page, Home and End move, Enter opens. */
export function RunList(props: {
  rows: readonly Row[];
  selected: string | null;
  onSelect: (id: string) => void;
  onOpen: (run: RunSummary) => void;
}): ReactNode {
  const { rows, selected, onSelect, onOpen } = props;
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.run.id ?? index,
    overscan: 8,
  });
  const at = rows.findIndex((row) => row.run.id === selected);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      const row = rows[at];
      if (row) onOpen(row.run);
      return;
    }
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const next = moved(event.key, at, rows.length, page);
    const row = next === null ? undefined : rows[next];
    if (next === null || !row) return;
    event.preventDefault();
    onSelect(row.run.id);
    virtual.scrollToIndex(next);
  };

  return (
    <div
      ref={box}
      className="lb-runs-list"
      role="listbox"
      tabIndex={0}
      aria-label="Runs, newest first"
      aria-activedescendant={at >= 0 ? `lb-run-${selected}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list box holds the focus and its keys
            <div
              key={item.key}
              id={`lb-run-${row.run.id}`}
              className="lb-run-row"
              role="option"
              tabIndex={-1}
              aria-selected={row.run.id === selected}
              aria-posinset={item.index + 1}
              aria-setsize={rows.length}
              data-run-id={row.run.id}
              data-vscode-context={contextOf(row.run)}
              style={{ height: ROW_HEIGHT, transform: `translateY(${item.start}px)` }}
              onClick={() => onOpen(row.run)}
            >
              <RunRow row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

const ROW_HEIGHT = 58;

/** What VS Code hands to the commands of a row's context menu; other hosts read `data-run-id`. */
function contextOf(run: RunSummary): string {
  return JSON.stringify({
    webviewSection: "lookback.run",
    runId: run.id,
    preventDefaultContextMenuItems: true,
  });
}

function moved(key: string, at: number, count: number, page: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -count,
    End: count,
  };
  const step = steps[key];
  if (step === undefined) return null;
  return Math.min(count - 1, Math.max(0, at + step));
}
