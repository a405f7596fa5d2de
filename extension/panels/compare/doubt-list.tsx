import type { ReactNode } from "react";
import { countText } from "../kit/quantity.ts";

/** What the verdict does not speak of: one line as it is, more of them one click away. */
export function DoubtList(props: { doubts: readonly string[] }): ReactNode {
  const { doubts } = props;
  const [only] = doubts;
  if (only === undefined) return null;
  if (doubts.length === 1) return <p className="lb-compare-doubt lb-muted">{marked(only)}</p>;
  return (
    <details className="lb-compare-doubts">
      <summary className="lb-muted">
        {marked(`${countText(doubts.length, "thing")} not known or not compared`)}
      </summary>
      <ul>
        {doubts.map((doubt) => (
          <li key={doubt}>{doubt}</li>
        ))}
      </ul>
    </details>
  );
}

function marked(text: string): ReactNode {
  return (
    <>
      <span className="lb-compare-mark" aria-hidden="true">
        ◐
      </span>{" "}
      {text}
    </>
  );
}
