import type { ReactNode } from "react";

/** That something is being done before there is anything to show, and what. */
export function Waiting(props: { children: string }): ReactNode {
  return (
    <div className="lb-empty" role="status">
      <span className="lb-spinner" aria-hidden="true" />
      <p>{props.children}</p>
    </div>
  );
}
