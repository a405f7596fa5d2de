import type { LineageNode } from "@lookback/protocol/lineage.ts";
import type { ReactNode } from "react";
import { kindWord } from "./lineage-words.ts";

/** What kind of thing it is, by shape and color, named for a screen reader. */
export function NodeMark(props: { node: LineageNode }): ReactNode {
  const { node } = props;
  const word = kindWord(node);
  const { color, shape } = MARKS[word] ?? MARKS.file!;
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      role="img"
      aria-label={word}
      style={{ color, flex: "none" }}
    >
      <g fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" strokeLinecap="round">
        {shape}
      </g>
    </svg>
  );
}

const MARKS: Readonly<Record<string, { readonly color: string; readonly shape: ReactNode }>> = {
  file: {
    color: "var(--lb-known)",
    shape: (
      <>
        <ellipse cx="8" cy="3.8" rx="5.2" ry="2.1" />
        <path d="M2.8 3.8v8.4c0 1.2 2.3 2.1 5.2 2.1s5.2-.9 5.2-2.1V3.8M2.8 8c0 1.2 2.3 2.1 5.2 2.1s5.2-.9 5.2-2.1" />
      </>
    ),
  },
  "saved model": { color: "var(--lb-late)", shape: <path d="M8 1.6 13.6 4.8v6.4L8 14.4 2.4 11.2V4.8z" /> },
  run: {
    color: "var(--lb-muted)",
    shape: (
      <>
        <circle cx="8" cy="8" r="6.2" />
        <path d="M6.6 5.4v5.2L10.8 8z" fill="currentColor" />
      </>
    ),
  },
  deployment: {
    color: "var(--lb-served)",
    shape: <path d="M2.4 2.6h11.2v4.2H2.4zm0 6.6h11.2v4.2H2.4zM4.8 4.7h.01M4.8 11.3h.01" />,
  },
};
