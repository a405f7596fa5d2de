import type { Command } from "./command.ts";

/** Shows the list of what is found in the notebook in front. */
export const showFindings: Command = {
  id: "show-findings",
  title: "Show Findings",
  icon: "finding",
  caption: "What this notebook knows too early, by cell or by rule, and what of it was not read",
  when: () => true,
  run: async (host) => host.openPanel("findings", {}),
};
