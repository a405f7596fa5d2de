import type { RunSummary } from "@lookback/protocol/runs.ts";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { FoldRow } from "./fold-row.tsx";
import type { ListRow } from "./list-rows.ts";
import { RunRow } from "./run-row.tsx";
import { orderText } from "./sort-runs.ts";

/**
 * The rows as one list box: only those in sight are drawn; arrows, Page, Home and End move, Enter opens; right and left open and close what
 * is folded; Space, or a click with Ctrl, Cmd or Shift, marks rows to compare.
 */
export function RunList(props: {
  rows: readonly ListRow[];
  /** The metric that the rows are sorted by; null: newest first. */
  metric: string | null;
  selected: string | null;
  /** Ids of those to compare. */
  marked: readonly string[];
  onSelect: (key: string) => void;
  onMark: (id: string) => void;
  onOpen: (run: RunSummary) => void;
  onFold: (fold: string, open: boolean) => void;
}): ReactNode {
  const { rows, metric, selected, marked, onSelect, onMark, onOpen, onFold } = props;
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => keyOf(rows[index]) ?? index,
    overscan: 8,
  });
  const at = rows.findIndex((row) => keyOf(row) === selected);

  const act = (row: ListRow) => {
    onSelect(keyOf(row));
    if (row.kind === "fold") onFold(row.fold.id, !row.isOpen);
    else onOpen(row.row.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at];
    if (event.key === "Enter") {
      if (row) act(row);
      return;
    }
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const fold = row === undefined ? null : row.kind === "fold" ? row.fold.id : row.inside;
      if (fold === null) return;
      event.preventDefault();
      onFold(fold, event.key === "ArrowRight");
      if (event.key === "ArrowLeft") onSelect(`${FOLD}${fold}`);
      return;
    }
    if (event.key === " ") {
      event.preventDefault();
      if (row?.kind === "run") onMark(row.row.run.id);
      return;
    }
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const next = moved(event.key, at, rows.length, page);
    const reached = next === null ? undefined : rows[next];
    if (next === null || !reached) return;
    event.preventDefault();
    onSelect(keyOf(reached));
    virtual.scrollToIndex(next);
  };

  return (
    <div
      ref={box}
      className="lb-runs-list"
      role="listbox"
      tabIndex={0}
      aria-label={`Runs, ${orderText(metric)}`}
      aria-multiselectable={marked.length > 0}
      aria-activedescendant={at >= 0 ? `lb-run-${selected}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const run = row.kind === "run" ? row.row.run : null;
          const isMarked = run !== null && marked.includes(run.id);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list box holds the focus and its keys
            <div
              key={item.key}
              id={`lb-run-${keyOf(row)}`}
              className={row.kind === "run" && row.inside !== null ? "lb-run-row lb-inside" : "lb-run-row"}
              role="option"
              tabIndex={-1}
              aria-selected={keyOf(row) === selected || isMarked}
              data-marked={isMarked || undefined}
              aria-posinset={item.index + 1}
              aria-setsize={rows.length}
              data-run-id={run?.id}
              data-vscode-context={run === null ? undefined : contextOf(run)}
              style={{ height: ROW_HEIGHT, transform: `translateY(${item.start}px)` }}
              onClick={(event) => {
                if (run !== null && (event.ctrlKey || event.metaKey || event.shiftKey)) onMark(run.id);
                else act(row);
              }}
            >
              {row.kind === "run" ? (
                <RunRow row={row.row} metric={metric} />
              ) : (
                <FoldRow fold={row.fold} isOpen={row.isOpen} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const ROW_HEIGHT = 58;
const FOLD = "fold-";

function keyOf(row: ListRow): string;
function keyOf(row: ListRow | undefined): string | undefined;
function keyOf(row: ListRow | undefined): string | undefined {
  if (row === undefined) return undefined;
  return row.kind === "run" ? row.row.run.id : `${FOLD}${row.fold.id}`;
}

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
