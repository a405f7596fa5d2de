import type { Run } from "@lookback/protocol/runs.ts";

/** Who ran a run, and from where: `Ada, JupyterLab`; `Claude Code for Ada, command line in CI`. */
export function authorText({ author, session }: Pick<Run, "author" | "session">): string {
  const who = personText(author);
  return session.startedFrom === null ? who : `${who}, ${session.startedFrom}`;
}

/** A person, or an agent and for whom. */
export function personText(author: Run["author"]): string {
  const person = author?.name ?? author?.email ?? "somebody not known";
  return author?.agent == null ? person : `${author.agent} for ${person}`;
}
