import type { RunSummary } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";

/** How a run or a cell ended: a filled dot, a cross or a half dot, in the matching color, named for a screen reader. */
export function OutcomeMark(props: { outcome: RunSummary["outcome"]["kind"] }): ReactNode {
  const { color, name, shape } = MARKS[props.outcome];
  return (
    <svg
      width="9"
      height="9"
      viewBox="0 0 10 10"
      role="img"
      aria-label={name}
      style={{ color, flex: "none" }}
    >
      <title>{name}</title>
      {shape}
    </svg>
  );
}

const MARKS = {
  ok: {
    color: "var(--lb-better)",
    name: "finished",
    shape: <circle cx="5" cy="5" r="4.5" fill="currentColor" />,
  },
  error: {
    color: "var(--lb-danger)",
    name: "failed",
    shape: <path d="M1.5 1.5l7 7m0-7l-7 7" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />,
  },
  interrupted: {
    color: "var(--lb-late)",
    name: "interrupted",
    shape: (
      <>
        <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <path d="M5 1a4 4 0 0 0 0 8z" fill="currentColor" />
      </>
    ),
  },
} as const;
