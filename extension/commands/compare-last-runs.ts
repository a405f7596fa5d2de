import type { Command } from "./command.ts";

/** Compares the newest run of the notebook in front with the one before it: with the last that has a score too, where the newest has one. */
export const compareLastRuns: Command = {
  id: "compare-last-runs",
  title: "Compare Last Runs",
  icon: "compare",
  caption: "What changed since the run before: code, data, model, score",
  when: (context) => context.notebook !== null,
  async run(host, { notebook }) {
    if (notebook === null) return;
    const { runs: listed } = await host.request("lookback/runs/list", { notebook: notebook.path, limit: 50 });
    const runs = listed.filter(({ origin }) => origin?.kind !== "honest");
    const [newest, before, ...more] = runs;
    if (newest === undefined || before === undefined) {
      host.notify("info", "There is nothing to compare yet: this notebook needs two runs.");
      return;
    }
    const scored =
      newest.metric === null ? undefined : [before, ...more].find(({ metric }) => metric !== null);
    host.openPanel("compare", { ids: [(scored ?? before).id, newest.id] });
  },
};
