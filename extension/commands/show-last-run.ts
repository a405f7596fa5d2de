import type { Command } from "./command.ts";

/** Opens the newest run of the notebook in front, whole. */
export const showLastRun: Command = {
  id: "show-last-run",
  title: "Show Last Run",
  icon: "logo",
  caption: "The newest run of this notebook: cells, data, model, score",
  when: (context) => context.notebook !== null,
  async run(host, { notebook }) {
    if (notebook === null) return;
    const { runs } = await host.request("lookback/runs/list", { notebook: notebook.path, limit: 1 });
    const [newest] = runs;
    if (newest === undefined) host.notify("info", "No runs of this notebook yet. Run any cell.");
    else host.openPanel("run", { id: newest.id });
  },
};
