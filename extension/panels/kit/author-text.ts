import type { Run } from "@lookback/protocol/runs.ts";

/** Who ran a run, and from where: `Ada, JupyterLab`; `Claude Code for Ada, CI`. */
export function authorText({ author, session }: Pick<Run, "author" | "session">): string {
  const person = author?.name ?? author?.email ?? "somebody not known";
  const who = author?.agent == null ? person : `${author.agent} for ${person}`;
  return session.startedFrom === null ? who : `${who}, ${session.startedFrom}`;
}
