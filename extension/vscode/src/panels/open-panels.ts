import type { Host, PanelName, PanelParams } from "@lookback/extension/host.ts";
import { type PanelEntry, panelTable } from "@lookback/extension/panels/panel-table.ts";
import { commands, type Disposable, type Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import type { Boot } from "../page/messages.ts";
import { panelPage, webviewOptions } from "./panel-page.ts";
import { servePage } from "./serve-page.ts";

/** Opens panels as tabs, one for each panel and parameters, and shows the runs in the side bar. */
export interface Panels extends Disposable {
  /** Where the panels find their host, once it is whole. */
  connect(host: Host): void;
  readonly open: Host["openPanel"];
}

/** The panels of one window; tabs come back after the window is reloaded. */
export function openPanels(extension: Uri): Panels {
  const tabs = new Map<string, Tab>();
  let host: Host | null = null;
  const subscriptions: Disposable[] = [];

  const fill = <P extends PanelName>(tab: WebviewPanel, panel: P, params: PanelParams[P]) => {
    if (host === null) return;
    const key = keyOf(panel, params);
    tabs.set(key, { tab, shows: JSON.stringify(params) });
    const stop = servePage(tab.webview, host);
    tab.onDidDispose(() => {
      tabs.delete(key);
      stop();
    });
    tab.webview.html = panelPage(tab.webview, extension, panel, params);
  };

  const open = <P extends PanelName>(panel: P, params: PanelParams[P]) => {
    if (panel === "runs") {
      void commands.executeCommand(`${RUNS_VIEW}.focus`);
      return;
    }
    // VS Code has a list of its own for what is found.
    if (panel === "findings") {
      void commands.executeCommand("workbench.actions.view.problems");
      return;
    }
    const known = tabs.get(keyOf(panel, params));
    const entry: PanelEntry<P> = panelTable[panel];
    if (known !== undefined) {
      const { tab, shows } = known;
      known.shows = JSON.stringify(params);
      if (shows !== known.shows) {
        tab.title = entry.title(params);
        tab.webview.html = panelPage(tab.webview, extension, panel, params);
      }
      tab.reveal();
      return;
    }
    const tab = window.createWebviewPanel(
      PANEL_TYPE,
      entry.title(params),
      entry.place === "beside" ? ViewColumn.Beside : ViewColumn.Active,
      { ...webviewOptions(extension), retainContextWhenHidden: true, enableFindWidget: true },
    );
    fill(tab, panel, params);
  };

  return {
    open,
    connect(whole) {
      host = whole;
      subscriptions.push(
        window.registerWebviewViewProvider(
          RUNS_VIEW,
          {
            resolveWebviewView(view) {
              view.webview.options = webviewOptions(extension);
              const stop = servePage(view.webview, whole);
              view.onDidDispose(stop);
              view.webview.html = panelPage(view.webview, extension, "runs", {});
            },
          },
          { webviewOptions: { retainContextWhenHidden: true } },
        ),
        window.registerWebviewPanelSerializer(PANEL_TYPE, {
          async deserializeWebviewPanel(tab, state: Boot | undefined) {
            if (state === undefined) tab.dispose();
            else fill(tab, state.panel, state.params as unknown as PanelParams[PanelName]);
          },
        }),
      );
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      for (const { tab } of [...tabs.values()]) tab.dispose();
    },
  };
}

interface Tab {
  readonly tab: WebviewPanel;
  /** The parameters of what is drawn in it. */
  shows: string;
}

const RUNS_VIEW = "lookback.runs";
const PANEL_TYPE = "lookback.panel";

function keyOf<P extends PanelName>(panel: P, params: PanelParams[P]): string {
  const entry: PanelEntry<P> = panelTable[panel];
  return entry.key(params);
}
