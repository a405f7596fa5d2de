import type { RunSummary } from "@lookback/protocol/runs.ts";
import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { Host } from "../../host.ts";
import { type Restoring, restoreRun } from "./restore-run.ts";
import "./menu.css";

/** A button that opens what of some runs can be had back, and where it is put. Arrows move, Escape closes. */
export function RestoreMenu(props: {
  host: Host;
  /** What the button says. */
  label: string;
  runs: readonly { readonly summary: Pick<RunSummary, "id">; readonly name: string }[];
}): ReactNode {
  const { host, label, runs } = props;
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const outside = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  const restore = async (id: string, how: Restoring) => {
    setOpen(false);
    setBusy(true);
    await restoreRun(host, id, how);
    setBusy(false);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(box.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      setOpen(false);
      box.current?.querySelector<HTMLElement>("button")?.focus();
    } else if (open && step !== undefined) items[(at + step + items.length) % items.length]?.focus();
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside
    <div ref={box} className="lb-menu" onKeyDown={onKeyDown}>
      <button
        type="button"
        className="lb-button"
        aria-haspopup="menu"
        aria-expanded={open}
        disabled={busy}
        onClick={() => setOpen(!open)}
      >
        {busy ? "Restoring" : label} <span aria-hidden="true">▾</span>
      </button>
      {open ? (
        <div className="lb-menu-list" role="menu" aria-label="Restore">
          {runs.map(({ summary, name }) => (
            <Fragment key={summary.id}>
              {ways.map(({ title, says, how }) => (
                <button
                  key={title}
                  type="button"
                  role="menuitem"
                  tabIndex={-1}
                  title={says}
                  onClick={() => void restore(summary.id, how)}
                >
                  {name === "" ? title : `${name}: ${title.toLowerCase()}`}
                </button>
              ))}
            </Fragment>
          ))}
        </div>
      ) : null}
    </div>
  );
}

const ways: readonly { readonly title: string; readonly says: string; readonly how: Restoring }[] = [
  {
    title: "Notebook, beside the original",
    says: "Nothing is overwritten.",
    how: { data: false, inPlace: false },
  },
  {
    title: "Notebook and data, in a folder beside",
    says: "With the data that it read, and the packages that were installed. Nothing is overwritten.",
    how: { data: true, inPlace: false },
  },
  {
    title: "Notebook, in place…",
    says: "Replaces the notebook as it is now, of which a copy is kept.",
    how: { data: false, inPlace: true },
  },
];
