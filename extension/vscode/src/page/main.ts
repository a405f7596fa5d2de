import type { Host, Mount, PanelName, PanelParams } from "@lookback/extension/host.ts";
import type { Boot, PageMessage } from "./messages.ts";
import { pageHost } from "./page-host.ts";
import "./page.css";

declare function acquireVsCodeApi(): { postMessage(message: PageMessage): void; setState(state: Boot): void };

const panels: { readonly [P in PanelName]: () => Promise<Mount<P>> } = {
  runs: async () => (await import("@lookback/extension/panels/runs/runs.tsx")).mountRuns,
  run: async () => (await import("@lookback/extension/panels/run/run.tsx")).mountRun,
  "join-preview": async () =>
    (await import("@lookback/extension/panels/join-preview/join-preview.tsx")).mountJoinPreview,
  publish: async () => (await import("@lookback/extension/panels/publish/publish.tsx")).mountPublish,
  deployments: async () =>
    (await import("@lookback/extension/panels/deployments/deployments.tsx")).mountDeployments,
};

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
  const mount = await panels[panel]();
  mount(element, host, boot.params as PanelParams[P]);
}
