import type { Host, PanelName, PanelParams } from "@lookback/extension/host.ts";
import { loadPanel } from "@lookback/extension/panels/load-panel.ts";
import type { Boot, PageMessage } from "./messages.ts";
import { pageHost } from "./page-host.ts";
import "./page.css";

declare function acquireVsCodeApi(): { postMessage(message: PageMessage): void; setState(state: Boot): void };

const api = acquireVsCodeApi();
const root = document.getElementById("panel");
const boot: Boot = JSON.parse(root?.dataset.boot ?? "null");
// The window may be reloaded: the state says which panel to draw again.
api.setState(boot);
if (root)
  await draw(
    root,
    boot.panel,
    pageHost((message) => api.postMessage(message), boot.engine),
  );

async function draw<P extends PanelName>(element: HTMLElement, panel: P, host: Host): Promise<void> {
  const mount = await loadPanel(panel);
  mount(element, host, boot.params as PanelParams[P]);
}
