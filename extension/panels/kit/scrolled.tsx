import type { ReactNode } from "react";

/** What may be wider than its place: reached by Tab, so that arrows scroll it. */
export function Scrolled(props: { label: string; className?: string; children: ReactNode }): ReactNode {
  return (
    <section
      className={`lb-scroll ${props.className ?? ""}`}
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse could not scroll it otherwise
      tabIndex={0}
    >
      {props.children}
    </section>
  );
}
