import type { Command } from "./command.ts";
import { newestRun } from "./newest-run.ts";

/** Opens the newest run of the notebook in front, whole. */
export const showLastRun: Command = {
  id: "show-last-run",
  title: "Show Last Run",
  icon: "logo",
  caption: "The newest run of this notebook: cells, data, model, score",
  when: (context) => context.notebook !== null,
  async run(host, context) {
    const newest = await newestRun(host, context);
    if (newest !== null) host.openPanel("run", { id: newest.id });
  },
};
