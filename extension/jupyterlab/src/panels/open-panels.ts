import type { JupyterFrontEnd } from "@jupyterlab/application";
import { MainAreaWidget } from "@jupyterlab/apputils";
import type { Host, PanelName, PanelParams } from "@lookback/extension/host.ts";
import { type PanelEntry, panelTable } from "@lookback/extension/panels/panel-table.ts";
import type { Widget } from "@lumino/widgets";
import type { OpenNotebooks } from "../notebooks/open-notebooks.ts";
import { PanelWidget } from "./panel-widget.ts";

type AnyPanel = PanelWidget<PanelName>;

/** Opens panels in the main area, one tab a key, and keeps those of the sidebar on its left. */
export function panelOpener(app: JupyterFrontEnd, notebooks: OpenNotebooks) {
  const open = new Map<string, MainAreaWidget<AnyPanel>>();
  const sidebar = new Map<PanelName, Widget>();

  return {
    /** Puts the runs and the findings into the sidebar; call once, when the host is whole. */
    addSidebar(host: Host): void {
      for (const [at, panel] of (["runs", "findings"] as const).entries()) {
        const widget = new PanelWidget(panel, host, {});
        sidebar.set(panel, widget);
        app.shell.add(widget, "left", { rank: 150 + at });
      }
    },
    open<P extends PanelName>(host: Host, panel: P, params: PanelParams[P]): void {
      const side = sidebar.get(panel);
      if (side !== undefined) {
        app.shell.activateById(side.id);
        return;
      }
      const entry: PanelEntry<P> = panelTable[panel];
      const key = entry.key(params);
      let widget = open.get(key);
      if (widget === undefined || widget.isDisposed) {
        const content = new PanelWidget(panel, host, params);
        const area = new MainAreaWidget<AnyPanel>({ content });
        // Panels bring their own buttons; an empty bar above them is a stray line.
        area.toolbar.hide();
        area.id = `main-${content.id}`;
        widget = area;
        open.set(key, widget);
        widget.disposed.connect(() => open.delete(key));
        const notebook = notebooks.current()?.panel;
        const right = [...open.values()].find((other) => other !== widget && other.isVisible);
        // A second panel joins the first on the right instead of squeezing the notebook further.
        const split = entry.place === "beside" && notebook !== undefined && right === undefined;
        app.shell.add(widget, "main", {
          mode: split ? "split-right" : "tab-after",
          ...(split && notebook && { ref: notebook.id }),
          ...(right && { ref: right.id }),
        });
      } else widget.content.turnTo(params);
      app.shell.activateById(widget.id);
    },
  };
}
