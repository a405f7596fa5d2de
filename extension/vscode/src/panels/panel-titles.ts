import type { PanelName, PanelParams } from "@lookback/extension/host.ts";

/** How VS Code shows a panel: what its tab says, and beside what. */
export interface PanelEntry<P extends PanelName> {
  title(params: PanelParams[P]): string;
  readonly beside: boolean;
}

/** Every panel that opens as a tab; the list of runs lives in the side bar. */
export const panelTitles: { readonly [P in Exclude<PanelName, "runs">]: PanelEntry<P> } = {
  run: { title: ({ id }) => `Run ${id.slice(-6)}`, beside: false },
  "join-preview": { title: ({ trainingSet }) => `Join: ${trainingSet}`, beside: true },
  publish: {
    title: ({ notebook }) =>
      `Publish: ${notebook
        .split("/")
        .at(-1)
        ?.replace(/\.ipynb$/, "")}`,
    beside: false,
  },
  deployments: { title: () => "Deployments", beside: false },
};
