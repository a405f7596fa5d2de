import type { Comparison } from "@lookback/protocol/compare.ts";
import type { ReactNode } from "react";
import { WithCode } from "../../kit/with-code.tsx";
import { Section } from "../section.tsx";

/** What either run could not record: said once where both say it. */
export function NoteList(props: { runs: Comparison["runs"] }): ReactNode {
  const of = new Map<string, string[]>();
  for (const [at, { notes }] of props.runs.entries())
    for (const { message } of notes)
      of.set(message, [...(of.get(message) ?? []), at === 0 ? "left" : "right"]);
  if (of.size === 0) return null;
  return (
    <Section title="What the runs say of themselves">
      <ul className="lb-compare-notes">
        {[...of].map(([message, sides]) => (
          <li key={message}>
            <span className="lb-compare-mark" aria-hidden="true">
              ◐
            </span>{" "}
            <span className="lb-muted">{[...new Set(sides)].join(" and ")}:</span> <WithCode text={message} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
