import type { Run } from "./run.ts";

/** Whether another tool remembered a run, which knows nothing of cells. */
export function isImported({ session }: Pick<Run, "session">): boolean {
  return session.startedFrom?.endsWith(importEnding) ?? false;
}

/** How a run that was imported calls what it was started from: `MLflow import`. */
export function startedFromImport(tool: string): string {
  return `${tool}${importEnding}`;
}

const importEnding = " import";
