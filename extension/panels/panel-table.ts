import type { PanelName, PanelParams } from "../host.ts";
import { fileTitle, notebookTitle } from "./kit/titles.ts";

/** What every front end shows of a panel before it is drawn. */
export interface PanelEntry<P extends PanelName> {
  /** What its tab says. */
  title(params: PanelParams[P]): string;
  /** Two panels of equal key are one tab, which shows what was asked for last. */
  key(params: PanelParams[P]): string;
  /** A front end has a picture for each. */
  readonly icon: PanelIcon;
  /** In the side bar, as a tab, or beside the notebook. */
  readonly place: "side" | "tab" | "beside";
}

export type PanelIcon =
  | "logo"
  | "compare"
  | "lineage"
  | "join"
  | "publish"
  | "honest"
  | "deployments"
  | "finding";

/** Every panel. */
export const panelTable: { readonly [P in PanelName]: PanelEntry<P> } = {
  runs: { title: () => "Runs", key: () => "runs", icon: "logo", place: "side" },
  run: {
    title: ({ id }) => `Run ${id.slice(-6)}`,
    key: ({ id }) => `run:${id}`,
    icon: "logo",
    place: "tab",
  },
  compare: {
    title: ({ ids }) =>
      ids.length > 2
        ? `Compare ${ids.length} runs`
        : `Compare ${ids.map((id) => id.slice(-6)).join(" and ")}`,
    key: ({ ids }) => `compare:${ids.join()}`,
    icon: "compare",
    place: "tab",
  },
  lineage: {
    title: ({ of }) => `Lineage: ${lineageTitle(of)}`,
    key: ({ of, metric }) => `lineage:${JSON.stringify([of, metric])}`,
    icon: "lineage",
    place: "tab",
  },
  findings: { title: () => "Findings", key: () => "findings", icon: "finding", place: "side" },
  finding: {
    title: ({ rule }) => `Finding: ${rule}`,
    key: ({ uri }) => `finding:${uri}`,
    icon: "finding",
    place: "beside",
  },
  "cell-history": {
    title: ({ notebook }) => `Cell history: ${notebookTitle(notebook)}`,
    key: ({ uri, cellId }) => `cell-history:${uri}:${cellId}`,
    icon: "logo",
    place: "beside",
  },
  "join-preview": {
    title: ({ trainingSet }) => `Join: ${trainingSet}`,
    key: ({ uri, trainingSet }) => `join:${uri}:${trainingSet}`,
    icon: "join",
    place: "beside",
  },
  publish: {
    title: ({ notebook }) => `Publish: ${notebookTitle(notebook)}`,
    key: ({ notebook }) => `publish:${notebook}`,
    icon: "publish",
    place: "tab",
  },
  honest: {
    title: ({ notebook }) => `Honest score: ${notebookTitle(notebook)}`,
    key: ({ notebook }) => `honest:${notebook}`,
    icon: "honest",
    place: "tab",
  },
  deployments: {
    title: () => "Deployments",
    key: () => "deployments",
    icon: "deployments",
    place: "tab",
  },
};

function lineageTitle(of: PanelParams["lineage"]["of"]): string {
  if ("run" in of) return `run ${of.run.slice(-6)}`;
  return "path" in of ? fileTitle(of.path) : of.deployment;
}
