import type { LineageEdge, LineageGraph, LineageNode } from "@lookback/protocol/lineage.ts";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { countText } from "../kit/quantity.ts";
import { type Layout, layOut } from "./lay-out.ts";
import { edgeStyle, edgeWords, nodeDetails, nodeWords } from "./lineage-words.ts";
import { NodeMark } from "./node-mark.tsx";

/**
 * The graph in columns. What stands in it are buttons, one of which is in the way of Tab: arrows move to what is next to it, Enter goes
 * there. In little room it is left to the list, which says the same.
 */
export function Picture(props: { graph: LineageGraph; go: (node: LineageNode) => void }): ReactNode {
  const { graph, go } = props;
  const [whole, setWhole] = useState<ReadonlySet<number>>(new Set());
  const layout = useMemo(
    () => layOut(graph, { mostInColumn: MOST_IN_COLUMN, mostColumns: MOST_COLUMNS, whole }),
    [graph, whole],
  );
  const { places, width, height } = useMemo(() => placed(layout), [layout]);
  const [current, setCurrent] = useState(graph.start[0] ?? "");
  const box = useRef<HTMLElement>(null);
  const inTab = places.has(current) ? current : (places.keys().next().value ?? "");

  useEffect(() => {
    // What was asked for is what is looked for first.
    const start = places.get(graph.start[0] ?? "");
    const { current: element } = box;
    if (start && element) element.scrollLeft = start.x - element.clientWidth / 2 + WIDTH / 2;
  }, [graph, places]);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = neighbor(layout, places, inTab, event.key);
    if (next === null) return;
    event.preventDefault();
    setCurrent(next);
    box.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(next)}"]`)?.focus();
  };
  const sorts = new Set(layout.edges.map(edgeStyle));
  return (
    <figure className="lb-lineage-figure">
      <section
        ref={box}
        className="lb-card lb-scroll lb-lineage-picture"
        aria-label="Lineage as a picture"
        onKeyDown={onKeyDown}
      >
        <div className="lb-lineage-canvas" style={{ width, height }}>
          <svg width={width} height={height} aria-hidden="true">
            {layout.edges.map((edge) => (
              <Edge key={`${edge.kind} ${edge.from} ${edge.to}`} edge={edge} places={places} />
            ))}
          </svg>
          {layout.columns.flatMap(({ at, nodes, more }) => [
            ...nodes.map((node) => (
              <Node
                key={node.key}
                node={node}
                place={places.get(node.key) ?? NOWHERE}
                isStart={graph.start.includes(node.key)}
                inTab={node.key === inTab}
                onFocus={() => setCurrent(node.key)}
                onGo={() => go(node)}
              />
            )),
            more > 0 ? (
              <button
                key={`more ${at}`}
                type="button"
                className="lb-link lb-lineage-rest"
                style={placeStyle(places.get(moreKey(at)) ?? NOWHERE)}
                onClick={() => setWhole(new Set([...whole, at]))}
              >
                and {more.toLocaleString()} more
              </button>
            ) : null,
          ])}
        </div>
      </section>
      <figcaption className="lb-lineage-legend lb-muted">
        <Further further={layout.further} />
        {sorts.has("sure") && sorts.size > 1 ? <Legend style="sure">by its bytes</Legend> : null}
        {sorts.has("unsure") ? <Legend style="unsure">by name only, or one of several</Legend> : null}
        {sorts.has("kernel") ? <Legend style="kernel">variables of the same kernel</Legend> : null}
      </figcaption>
    </figure>
  );
}

const MOST_IN_COLUMN = 8;
const MOST_COLUMNS = 5;
const WIDTH = 168;
const HEIGHT = 48;
const GAP = 12;
const BETWEEN = 36;
const MARGIN = 18;

interface Place {
  readonly x: number;
  readonly y: number;
}

const NOWHERE: Place = { x: 0, y: 0 };

function moreKey(at: number): string {
  return `more ${at}`;
}

function placed({ columns }: Layout) {
  const rows = columns.map(({ nodes, more }) => nodes.length + (more > 0 ? 1 : 0));
  const tall = Math.max(1, ...rows) * (HEIGHT + GAP) - GAP;
  const places = new Map<string, Place>();
  for (const [column, { at, nodes, more }] of columns.entries()) {
    const x = MARGIN + column * (WIDTH + BETWEEN);
    const top = MARGIN + (tall - ((rows[column] ?? 0) * (HEIGHT + GAP) - GAP)) / 2;
    for (const [row, { key }] of nodes.entries()) places.set(key, { x, y: top + row * (HEIGHT + GAP) });
    if (more > 0) places.set(moreKey(at), { x, y: top + nodes.length * (HEIGHT + GAP) });
  }
  const width = 2 * MARGIN + columns.length * (WIDTH + BETWEEN) - BETWEEN;
  return { places, width, height: tall + 2 * MARGIN };
}

function placeStyle({ x, y }: Place) {
  return { left: x, top: y, width: WIDTH, height: HEIGHT };
}

function Node(props: {
  node: LineageNode;
  place: Place;
  isStart: boolean;
  inTab: boolean;
  onFocus: () => void;
  onGo: () => void;
}): ReactNode {
  const { node, place, isStart, inTab, onFocus, onGo } = props;
  const { title, facts } = nodeWords(node);
  const isDeleted = node.kind === "run" && node.deleted;
  return (
    <button
      type="button"
      className="lb-lineage-node"
      data-node={node.key}
      data-kind={node.kind}
      data-unknown={(node.kind === "data" && node.sha256 === null) || isDeleted || undefined}
      aria-current={isStart || undefined}
      aria-disabled={isDeleted || undefined}
      tabIndex={inTab ? 0 : -1}
      title={nodeDetails(node)}
      style={placeStyle(place)}
      onFocus={onFocus}
      onClick={isDeleted ? undefined : onGo}
    >
      <NodeMark node={node} />
      <span className="lb-lineage-words">
        <span className="lb-ellipsis lb-lineage-name">{title}</span>
        <span className="lb-ellipsis lb-muted lb-small">{facts}</span>
      </span>
    </button>
  );
}

function Edge(props: { edge: LineageEdge; places: ReadonlyMap<string, Place> }): ReactNode {
  const { edge, places } = props;
  const from = places.get(edge.from) ?? NOWHERE;
  const to = places.get(edge.to) ?? NOWHERE;
  const [x, y] = [from.x + WIDTH, from.y + HEIGHT / 2];
  const [endX, endY] = [to.x, to.y + HEIGHT / 2];
  const bend = Math.max(BETWEEN / 2, Math.abs(endX - x) / 2);
  return (
    <g className="lb-lineage-edge" data-style={edgeStyle(edge)}>
      <title>{edgeWords(edge)}</title>
      <path d={`M${x} ${y}C${x + bend} ${y} ${endX - bend} ${endY} ${endX - 5} ${endY}`} />
      <path className="lb-lineage-tip" d={`M${endX} ${endY}l-7 -3.5v7z`} />
    </g>
  );
}

function Further(props: { further: Layout["further"] }): ReactNode {
  const { left, right } = props.further;
  if (left + right === 0) return null;
  const sides = [
    left > 0 ? `${countText(left, "thing")} further left` : null,
    right > 0 ? `${countText(right, "thing")} further right` : null,
  ];
  return <span>Not drawn: {sides.filter((side) => side !== null).join(" and ")}.</span>;
}

function Legend(props: { style: string; children: ReactNode }): ReactNode {
  return (
    <span className="lb-lineage-key">
      <svg width="26" height="8" aria-hidden="true">
        <g className="lb-lineage-edge" data-style={props.style}>
          <path d="M0 4h26" />
        </g>
      </svg>
      {props.children}
    </span>
  );
}

/** The node that an arrow leads to: in the column, else the linked one in the next, else the nearest there. */
function neighbor(
  { columns, edges }: Layout,
  places: ReadonlyMap<string, Place>,
  from: string,
  key: string,
): string | null {
  const column = columns.findIndex(({ nodes }) => nodes.some((node) => node.key === from));
  const keys = columns[column]?.nodes.map((node) => node.key) ?? [];
  if (key === "ArrowDown" || key === "ArrowUp")
    return keys[keys.indexOf(from) + (key === "ArrowDown" ? 1 : -1)] ?? null;
  if (key !== "ArrowRight" && key !== "ArrowLeft") return null;
  const there = (columns[column + (key === "ArrowRight" ? 1 : -1)]?.nodes ?? []).map((node) => node.key);
  const linked = there.filter((other) =>
    edges.some(
      (edge) => (edge.from === from && edge.to === other) || (edge.to === from && edge.from === other),
    ),
  );
  const y = places.get(from)?.y ?? 0;
  const distance = (other: string) => Math.abs((places.get(other)?.y ?? 0) - y);
  return (linked.length > 0 ? linked : there).sort((a, b) => distance(a) - distance(b))[0] ?? null;
}
