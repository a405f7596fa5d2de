import type { ReactNode } from "react";

/** What will appear here, and the one thing to do to make it appear. */
export function EmptyState(props: { title: string; action?: string; children?: ReactNode }): ReactNode {
  return (
    <div className="lb-empty">
      <p>{props.title}</p>
      {props.action ? <p>{props.action}</p> : null}
      {props.children}
    </div>
  );
}
