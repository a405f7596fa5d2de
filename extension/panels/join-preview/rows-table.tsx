import type { JoinFeature } from "@lookback/protocol/joins.ts";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { Row } from "../engine/rows-of.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { cellText, reasonText } from "./cell-text.ts";
import { ageText, fullMomentText, momentText } from "./time-text.ts";
import type { Preview } from "./use-preview.ts";
import type { useRows } from "./use-rows.ts";

const rowHeight = 27;

/** The rows as a real table, drawn only where it is seen. Arrow keys move between features, Enter asks why. */
export function RowsTable(props: {
  preview: Preview;
  focused: JoinFeature;
  rows: ReturnType<typeof useRows>;
  open: number | null;
  onOpen: (rowId: number, feature: JoinFeature) => void;
}): ReactNode {
  const { preview, focused, rows, open, onOpen } = props;
  const { plan } = preview;
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const [active, setActive] = useState({ row: 0, feature: 0 });
  const moved = useRef(false);
  const count = rows.count ?? 0;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => rows.want(first, last), [rows, first, last]);

  useEffect(() => {
    if (moved.current) virtual.scrollToIndex(active.row);
  }, [active, virtual]);

  const wasOpen = useRef(false);
  useEffect(() => {
    if (open === null && wasOpen.current) moved.current = true;
    wasOpen.current = open !== null;
  }, [open]);

  // Runs after every drawing, for the row to focus may still have been on its way from the engine.
  useEffect(() => {
    if (!moved.current || !table.current) return;
    const selector = `button[data-cell="${active.row}:${active.feature}"]`;
    const button = table.current.querySelector<HTMLButtonElement>(selector);
    (button ?? table.current).focus({ preventScroll: true });
    moved.current = button === null;
  });

  const move = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    moved.current = true;
    setActive(({ row, feature }) => ({
      row: clamp(row + step.rows, count - 1),
      feature: clamp(feature + step.features, plan.features.length - 1),
    }));
  };

  if (rows.count === 0) return <EmptyState title="No row is left." action="Take a filter away." />;
  const labelAt = plan.label === null ? -1 : plan.spineColumns.indexOf(plan.label);
  const told = plan.spineColumns
    .map((name, index) => ({ name, index }))
    .filter(({ index }) => index !== labelAt);
  const width = told.length + plan.features.length + 3 + (labelAt >= 0 ? 1 : 0);
  return (
    <div className="lb-join-scroll" ref={scroller}>
      <table
        className="lb-table lb-join-table"
        aria-rowcount={count + 1}
        ref={table}
        tabIndex={-1}
        onKeyDown={move}
      >
        <thead>
          <tr>
            <th scope="col" title="The moment of prediction, UTC">
              predicted at
            </th>
            {told.map(({ name }) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
            {plan.features.map((feature) => (
              <FeatureHeadings key={feature.ref} feature={feature} focused={feature === focused} />
            ))}
            {labelAt >= 0 ? <th scope="col">{plan.label}</th> : null}
          </tr>
        </thead>
        <tbody>
          <Gap height={items[0]?.start ?? 0} columns={width} />
          {items.map(({ index }) => {
            const row = rows.rowAt(index);
            const isOpen = row !== null && row.row_id === open;
            return (
              <tr key={index} aria-rowindex={index + 2} aria-selected={isOpen} style={{ height: rowHeight }}>
                {row === null ? (
                  <td colSpan={width} className="lb-muted">
                    …
                  </td>
                ) : (
                  <>
                    <td title={typeof row.spine_time === "number" ? fullMomentText(row.spine_time) : ""}>
                      {typeof row.spine_time === "number" ? (
                        momentText(row.spine_time)
                      ) : (
                        <None why="no-time" />
                      )}
                    </td>
                    {told.map(({ name, index: column }) => (
                      <td key={name} className="lb-ellipsis" title={cellText(row[`s${column}`]) ?? ""}>
                        {cellText(row[`s${column}`]) ?? <span className="lb-none">none</span>}
                      </td>
                    ))}
                    {plan.features.map((feature, at) => (
                      <FeatureCells
                        key={feature.ref}
                        feature={feature}
                        focused={feature === focused}
                        row={row}
                        cell={`${index}:${at}`}
                        reachable={active.row === index && active.feature === at}
                        chosen={isOpen && feature === focused}
                        onOpen={() => {
                          setActive({ row: index, feature: at });
                          onOpen(Number(row.row_id), feature);
                        }}
                      />
                    ))}
                    {labelAt >= 0 ? (
                      <td>{cellText(row[`s${labelAt}`]) ?? <span className="lb-none">none</span>}</td>
                    ) : null}
                  </>
                )}
              </tr>
            );
          })}
          <Gap height={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} columns={width} />
        </tbody>
      </table>
    </div>
  );
}

function FeatureHeadings({ feature, focused }: { feature: JoinFeature; focused: boolean }): ReactNode {
  return (
    <>
      <th scope="col" className="lb-number" title={feature.ref}>
        {feature.name}
      </th>
      {focused ? (
        <>
          <th scope="col" className="lb-number" title="What a join without availability would have shown">
            {feature.name}, naive
          </th>
          <th scope="col" className="lb-number" title="From the newest row used to the moment of prediction">
            age
          </th>
        </>
      ) : null}
    </>
  );
}

function FeatureCells(props: {
  feature: JoinFeature;
  focused: boolean;
  row: Row;
  cell: string;
  reachable: boolean;
  chosen: boolean;
  onOpen: () => void;
}): ReactNode {
  const { feature, focused, row } = props;
  const text = cellText(row[feature.columns.value]);
  const naive = cellText(row.naive);
  return (
    <>
      <td className={props.chosen ? "lb-number lb-join-chosen" : "lb-number"}>
        <button
          type="button"
          className={focused ? "lb-join-value lb-join-focused" : "lb-join-value"}
          data-cell={props.cell}
          tabIndex={props.reachable ? 0 : -1}
          aria-label={`Why is ${feature.name} ${text ?? "none"}?`}
          onClick={props.onOpen}
        >
          {text ?? <None why={row[feature.columns.reason]} />}
        </button>
      </td>
      {focused ? (
        <>
          <td className={row.naive_leaks ? "lb-number lb-join-leak" : "lb-number lb-muted"}>
            {naive ?? <span className="lb-none">none</span>}
            <span className="lb-join-mark">
              {row.naive_leaks ? (
                <span role="img" aria-label="from the future">
                  ◇
                </span>
              ) : null}
            </span>
          </td>
          <td className="lb-number">{typeof row.age === "number" ? ageText(row.age) : ""}</td>
        </>
      ) : null}
    </>
  );
}

function None({ why }: { why: Row[string] | undefined }): ReactNode {
  return (
    <span className="lb-none" title={reasonText(why)}>
      none
    </span>
  );
}

function Gap({ height, columns }: { height: number; columns: number }): ReactNode {
  return height > 0 ? (
    <tr className="lb-join-gap">
      <td colSpan={columns} style={{ height }} />
    </tr>
  ) : null;
}

const steps: Readonly<Record<string, { rows: number; features: number }>> = {
  ArrowDown: { rows: 1, features: 0 },
  ArrowUp: { rows: -1, features: 0 },
  ArrowRight: { rows: 0, features: 1 },
  ArrowLeft: { rows: 0, features: -1 },
  PageDown: { rows: 20, features: 0 },
  PageUp: { rows: -20, features: 0 },
};

function clamp(value: number, largest: number): number {
  return Math.max(0, Math.min(value, largest));
}
