import type { Command } from "./command.ts";
import { newestRun } from "./newest-run.ts";

/** Opens what the newest run of the notebook in front rests on, and what rests on it. */
export const showLineage: Command = {
  id: "show-lineage",
  title: "Show Lineage",
  icon: "lineage",
  caption: "What the newest run of this notebook rests on, and what rests on it",
  when: (context) => context.notebook !== null,
  async run(host, context) {
    const newest = await newestRun(host, context);
    if (newest !== null) host.openPanel("lineage", { of: { run: newest.id } });
  },
};
