import type { ReactNode } from "react";

/** A short standing of a thing, with a mark beside the color so that neither is needed to read the other. */
export function Pill(props: {
  kind?: PillKind;
  mark?: string;
  title?: string;
  children: ReactNode;
}): ReactNode {
  return (
    <span className={props.kind ? `lb-pill lb-${props.kind}` : "lb-pill"} title={props.title}>
      {props.mark ? <span aria-hidden="true">{props.mark}</span> : null}
      {props.children}
    </span>
  );
}

export type PillKind = "future" | "late" | "better" | "known" | "served";
