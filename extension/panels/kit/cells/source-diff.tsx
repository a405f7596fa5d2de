import type { DiffLine } from "@lookback/protocol/compare.ts";
import { type ReactNode, useEffect, useRef } from "react";
import type { Host } from "../../../host.ts";
import { useWidth } from "../use-width.ts";
import { LineDiff } from "./line-diff.tsx";
import "./cells.css";

/** How a source changed: in the host's editor where it has one for panels and there is room for both sides, else line by line. */
export function SourceDiff(props: {
  host: Host;
  lines: readonly DiffLine[];
  isCode: boolean;
  /** What the sides are called, where they are not two runs. */
  sides?: readonly [string, string];
}): ReactNode {
  const { host, lines, isCode, sides } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, WIDE);
  const isWide = width >= WIDE;
  const isTwoSided = lines.some(({ left }) => left !== null) && lines.some(({ right }) => right !== null);
  return (
    <div ref={box} className="lb-card">
      {isWide && isCode && isTwoSided && host.drawSourceDiff ? (
        <HostDiff draw={host.drawSourceDiff} lines={lines} sides={sides} />
      ) : (
        <LineDiff lines={lines} isSideBySide={isWide && isTwoSided} />
      )}
    </div>
  );
}

const WIDE = 640;

function HostDiff(props: {
  draw: NonNullable<Host["drawSourceDiff"]>;
  lines: readonly DiffLine[];
  sides: readonly [string, string] | undefined;
}): ReactNode {
  const { draw, lines, sides } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    return draw(element, textOf(lines, "left"), textOf(lines, "right"), sides);
  }, [draw, lines, sides]);
  return <div ref={box} className="lb-host-diff" />;
}

function textOf(lines: readonly DiffLine[], side: "left" | "right"): string {
  return lines
    .filter((line) => line[side] !== null)
    .map(({ text }) => text)
    .join("\n");
}
