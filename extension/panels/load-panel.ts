import type { Mount, PanelName } from "../host.ts";

/** A panel's code, loaded when it is first opened. */
export async function loadPanel<P extends PanelName>(panel: P): Promise<Mount<P>> {
  return loaders[panel]();
}

const loaders: { readonly [P in PanelName]: () => Promise<Mount<P>> } = {
  runs: async () => (await import("./runs/runs.tsx")).mountRuns,
  run: async () => (await import("./run/run.tsx")).mountRun,
  compare: async () => (await import("./compare/compare.tsx")).mountCompare,
  lineage: async () => (await import("./lineage/lineage.tsx")).mountLineage,
  findings: async () => (await import("./findings/findings.tsx")).mountFindings,
  finding: async () => (await import("./finding/finding.tsx")).mountFinding,
  "cell-history": async () => (await import("./cell-history/cell-history.tsx")).mountCellHistory,
  "join-preview": async () => (await import("./join-preview/join-preview.tsx")).mountJoinPreview,
  publish: async () => (await import("./publish/publish.tsx")).mountPublish,
  honest: async () => (await import("./honest/honest.tsx")).mountHonest,
  deployments: async () => (await import("./deployments/deployments.tsx")).mountDeployments,
};
