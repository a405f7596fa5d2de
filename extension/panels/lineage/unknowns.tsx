import type { ReactNode } from "react";
import { countText } from "../kit/quantity.ts";

/** What is not known, in sentences: a few in sight, the rest a click away. */
export function Unknowns(props: { unknown: readonly string[] }): ReactNode {
  const { unknown } = props;
  if (unknown.length === 0) return null;
  const rest = unknown.slice(FIRST);
  return (
    <section aria-label="What is not known">
      <Sentences sentences={unknown.slice(0, FIRST)} />
      {rest.length === 0 ? null : (
        <details className="lb-lineage-more">
          <summary>And {countText(rest.length, "more thing")} not known</summary>
          <Sentences sentences={rest} />
        </details>
      )}
    </section>
  );
}

const FIRST = 3;

function Sentences(props: { sentences: readonly string[] }): ReactNode {
  return (
    <ul className="lb-lineage-unknown">
      {props.sentences.map((sentence) => (
        <li key={sentence}>
          <span className="lb-lineage-doubt" aria-hidden="true">
            ◐
          </span>{" "}
          {sentence}
        </li>
      ))}
    </ul>
  );
}
