import { type KeyboardEvent, type ReactNode, useRef } from "react";

/** A row of tabs over panels whose ids are `prefix` and the tab's: arrows, Home and End move, the chosen one alone is in the way of Tab. */
export function TabList<Id extends string>(props: {
  tabs: readonly { readonly id: Id; readonly title: string; readonly count: number | null }[];
  chosen: Id;
  label: string;
  prefix: string;
  onChoose: (id: Id) => void;
}): ReactNode {
  const { tabs, chosen, label, prefix, onChoose } = props;
  const row = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next.id);
    row.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div ref={row} className="lb-tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map(({ id, title, count }) => (
        <button
          key={id}
          type="button"
          role="tab"
          data-tab={id}
          aria-selected={id === chosen}
          aria-controls={id === chosen ? `${prefix}${id}` : undefined}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          {title}
          {count === null ? null : ` ${count.toLocaleString()}`}
        </button>
      ))}
    </div>
  );
}
