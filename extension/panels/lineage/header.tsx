import type { ReactNode } from "react";

/** What is asked for in a sentence, and the way back to what was asked for before. */
export function Header(props: { title: string; back: (() => void) | null; children?: ReactNode }): ReactNode {
  return (
    <header className="lb-header">
      <h1 className="lb-title lb-lineage-title">{props.title}</h1>
      <div className="lb-actions">
        {props.back === null ? null : (
          <button type="button" className="lb-button lb-quiet" onClick={props.back}>
            Back
          </button>
        )}
        {props.children}
      </div>
    </header>
  );
}
