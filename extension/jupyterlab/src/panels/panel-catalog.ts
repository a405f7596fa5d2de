import type { LabIcon } from "@jupyterlab/ui-components";
import type { Mount, PanelName, PanelParams } from "@lookback/extension/host.ts";
import { deploymentsIcon, joinIcon, logoIcon, publishIcon } from "./icons.ts";

/** How JupyterLab shows a panel: what its tab says, and its code, loaded when first opened. */
export interface PanelEntry<P extends PanelName> {
  readonly icon: LabIcon;
  title(params: PanelParams[P]): string;
  /** Two panels of equal key are one tab. */
  key(params: PanelParams[P]): string;
  readonly beside: "tab" | "split-right" | "left";
  load(): Promise<Mount<P>>;
}

export const panelCatalog: { readonly [P in PanelName]: PanelEntry<P> } = {
  runs: {
    icon: logoIcon,
    title: () => "Runs",
    key: () => "runs",
    beside: "left",
    load: async () => (await import("@lookback/extension/panels/runs/runs.tsx")).mountRuns,
  },
  run: {
    icon: logoIcon,
    title: ({ id }) => `Run ${id.slice(-6)}`,
    key: ({ id }) => `run:${id}`,
    beside: "tab",
    load: async () => (await import("@lookback/extension/panels/run/run.tsx")).mountRun,
  },
  "join-preview": {
    icon: joinIcon,
    title: ({ trainingSet }) => `Join: ${trainingSet}`,
    key: ({ uri, trainingSet }) => `join:${uri}:${trainingSet}`,
    beside: "split-right",
    load: async () =>
      (await import("@lookback/extension/panels/join-preview/join-preview.tsx")).mountJoinPreview,
  },
  publish: {
    icon: publishIcon,
    title: ({ notebook }) =>
      `Publish: ${notebook
        .split("/")
        .at(-1)
        ?.replace(/\.ipynb$/, "")}`,
    key: ({ notebook }) => `publish:${notebook}`,
    beside: "tab",
    load: async () => (await import("@lookback/extension/panels/publish/publish.tsx")).mountPublish,
  },
  deployments: {
    icon: deploymentsIcon,
    title: () => "Deployments",
    key: () => "deployments",
    beside: "tab",
    load: async () =>
      (await import("@lookback/extension/panels/deployments/deployments.tsx")).mountDeployments,
  },
};
