import type { Command } from "./command.ts";

/** Opens what the newest run of the notebook in front rests on, and what rests on it. */
export const showLineage: Command = {
  id: "show-lineage",
  title: "Show Lineage",
  icon: "lineage",
  caption: "What the newest run of this notebook rests on, and what rests on it",
  when: (context) => context.notebook !== null,
  async run(host, { notebook }) {
    if (notebook === null) return;
    const { runs } = await host.request("lookback/runs/list", { notebook: notebook.path, limit: 1 });
    const [newest] = runs;
    if (newest === undefined) host.notify("info", "No runs of this notebook yet. Run any cell.");
    else host.openPanel("lineage", { of: { run: newest.id } });
  },
};
