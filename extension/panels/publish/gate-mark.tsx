import type { GateState } from "@lookback/protocol/publish.ts";
import type { ReactNode } from "react";

/** How a check stands: a tick, a cross, an exclamation mark, a turning ring or an empty one, named for a screen reader. */
export function GateMark(props: { state: GateState["state"] }): ReactNode {
  const { state } = props;
  if (state === "running") return <span className="lb-spinner" role="img" aria-label="running" />;
  const { color, name, shape } = MARKS[state];
  return (
    <svg
      width="12"
      height="12"
      viewBox="0 0 12 12"
      role="img"
      aria-label={name}
      style={{ color, flex: "none" }}
    >
      <title>{name}</title>
      <g fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
        {shape}
      </g>
    </svg>
  );
}

const MARKS = {
  waiting: {
    color: "var(--lb-faint)",
    name: "waiting",
    shape: <circle cx="6" cy="6" r="4.5" strokeWidth="1.2" />,
  },
  passed: { color: "var(--lb-better)", name: "passed", shape: <path d="M2 6.5l2.8 2.8L10 3" /> },
  failed: { color: "var(--lb-danger)", name: "failed", shape: <path d="M2.5 2.5l7 7m0-7l-7 7" /> },
  warned: { color: "var(--lb-late)", name: "passed with a warning", shape: <path d="M6 1.8v5M6 10.2v.01" /> },
} as const;
