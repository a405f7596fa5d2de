import type { ReactNode } from "react";

/** A part of the page under its name, with what is equal beside it. */
export function Section(props: { title: string; aside?: string | null; children?: ReactNode }): ReactNode {
  return (
    <section className="lb-compare-section">
      <h2 className="lb-heading">
        {props.title}
        {props.aside ? <span className="lb-compare-aside lb-muted">{props.aside}</span> : null}
      </h2>
      {props.children}
    </section>
  );
}
