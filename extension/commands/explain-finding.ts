import type { Command } from "./command.ts";
import { findingAt } from "./finding-at.ts";

/** Opens the page of the finding at the cursor. */
export const explainFinding: Command = {
  id: "explain-finding",
  title: "Explain This Finding",
  icon: "finding",
  caption: "How the finding at the cursor reaches a score, and what to do about it",
  when: ({ cursor }) => cursor !== null,
  async run(host, { cursor }) {
    if (cursor === null) return;
    const { said } = await host.request("lookback/findings/list", { uri: cursor.uri });
    const found = said && findingAt(said.findings, cursor);
    if (!said || !found) host.notify("info", "Nothing is found where the cursor is.");
    else host.openPanel("finding", { uri: said.uri, finding: found.id, rule: found.rule });
  },
};
