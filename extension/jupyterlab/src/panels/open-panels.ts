import type { JupyterFrontEnd } from "@jupyterlab/application";
import { MainAreaWidget } from "@jupyterlab/apputils";
import type { Host, PanelName, PanelParams } from "@lookback/extension/host.ts";
import { type PanelEntry, panelTable } from "@lookback/extension/panels/panel-table.ts";
import type { Widget } from "@lumino/widgets";
import type { OpenNotebooks } from "../notebooks/open-notebooks.ts";
import { PanelWidget } from "./panel-widget.ts";

/** Opens panels in the main area, one tab a key, and keeps the list of runs in the left sidebar. */
export function panelOpener(app: JupyterFrontEnd, notebooks: OpenNotebooks) {
  const open = new Map<string, Widget>();
  let sidebar: Widget | null = null;

  return {
    /** Puts the runs into the sidebar; call once, when the host is whole. */
    addSidebar(host: Host): void {
      sidebar = new PanelWidget("runs", host, {});
      app.shell.add(sidebar, "left", { rank: 150 });
    },
    open<P extends PanelName>(host: Host, panel: P, params: PanelParams[P]): void {
      if (panel === "runs" && sidebar !== null) {
        app.shell.activateById(sidebar.id);
        return;
      }
      const entry: PanelEntry<P> = panelTable[panel];
      const key = entry.key(params);
      let widget = open.get(key);
      if (widget === undefined || widget.isDisposed) {
        const content = new PanelWidget(panel, host, params);
        const area = new MainAreaWidget({ content });
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
      }
      app.shell.activateById(widget.id);
    },
  };
}
