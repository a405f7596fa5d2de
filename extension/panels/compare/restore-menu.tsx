import { failureOf } from "@lookback/protocol/failures.ts";
import type { RunSummary } from "@lookback/protocol/runs.ts";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { Host } from "../../host.ts";

/** A button that opens the list of runs whose notebook can be had back. Arrows move, Escape closes. */
export function RestoreMenu(props: {
  host: Host;
  runs: readonly { readonly summary: RunSummary; readonly name: string }[];
}): ReactNode {
  const { host, runs } = props;
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

  const restore = async (id: string) => {
    setOpen(false);
    setBusy(true);
    try {
      const { path } = await host.request("lookback/runs/restore", { id });
      host.openFile(path);
    } catch (error) {
      const failure = failureOf(error);
      host.notify("error", [failure.message, failure.advice].filter(Boolean).join(" "));
    } finally {
      setBusy(false);
    }
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
        {busy ? "Restoring" : "Restore"} <span aria-hidden="true">▾</span>
      </button>
      {open ? (
        <div className="lb-menu-list" role="menu" aria-label="Restore the notebook of">
          {runs.map(({ summary, name }) => (
            <button
              key={summary.id}
              type="button"
              role="menuitem"
              tabIndex={-1}
              title="Writes the notebook of this run beside the original. Nothing is overwritten."
              onClick={() => void restore(summary.id)}
            >
              {name} notebook <span className="lb-muted">{summary.id.slice(-6)}</span>
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
