import type { CommandHost } from "../host.ts";
import { deleteRun } from "../panels/kit/delete-run.ts";
import { askName, askNote, askTags, toggleOfficial, toggleStar } from "../panels/kit/mark-edits.ts";
import { share } from "./share.ts";

/** One thing that can be done with a recorded run; a row's context menu shows them in this order. */
export interface RunAction {
  /** Kebab-case; front ends prefix it with `lookback:` or `lookback.`. */
  readonly id: string;
  readonly title: string;
  /** Does it to the run of this id. Failures of the outside world reject; the front end shows their message. */
  run(host: CommandHost, id: string): Promise<void>;
}

/** Everything a run offers where it is listed. */
export const runActions: readonly RunAction[] = [
  {
    id: "open-run",
    title: "Open Run",
    run: async (host, id) => host.openPanel("run", { id }),
  },
  { id: "star-run", title: "Star or Unstar", run: marked(toggleStar) },
  { id: "name-run", title: "Name…", run: marked(askName) },
  { id: "note-run", title: "Note…", run: marked(askNote) },
  { id: "tag-run", title: "Tags…", run: marked(askTags) },
  { id: "official-run", title: "Mark or Unmark as Official", run: marked(toggleOfficial) },
  {
    id: "compare-run",
    title: "Compare With…",
    run: async (host, id) => host.openPanel("compare", { ids: [id] }),
  },
  {
    id: "lineage-run",
    title: "Lineage",
    run: async (host, id) => host.openPanel("lineage", { of: { run: id } }),
  },
  {
    id: "restore-run",
    title: "Restore Notebook",
    async run(host, id) {
      const { path } = await host.request("lookback/runs/restore", { id });
      host.openFile(path);
    },
  },
  {
    id: "reproduce-run",
    title: "Reproduce",
    run: reproduce,
  },
  {
    id: "honest-run",
    title: "Show the Honest Score",
    async run(host, id) {
      const { notebook } = await host.request("lookback/runs/show", { id });
      host.openPanel("honest", { notebook, asked: new Date().toISOString() });
    },
  },
  {
    id: "fetch-run-data",
    title: "Fetch Data",
    run: (host, id) =>
      share(host, "Fetching data", "fetched from", ({ folder, name }, signal) =>
        host.request("lookback/remotes/pull", { folder, name, data: { runs: [id] } }, signal),
      ),
  },
  {
    id: "copy-run-id",
    title: "Copy Run Id",
    run: async (host, id) => host.copy(id),
  },
  { id: "delete-run", title: "Delete", run: deleteRun },
];

async function reproduce(host: CommandHost, id: string): Promise<void> {
  const found = await host.progress("Reproducing", async (report, signal) => {
    const stop = host.on("lookback/runs/reproducing", (progress) => {
      if (progress.id === id) report(progress.step);
    });
    try {
      return await host.request("lookback/runs/reproduce", { id }, signal);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      stop();
    }
  });
  if (found === null) return host.notify("info", "Canceled. Nothing of yours was written.");
  const isSame = found.verdict === "identical" || found.verdict === "statistically the same";
  host.notify(isSame ? "info" : "warning", found.sentence);
}

/** A row knows its run's id alone. */
function marked(edit: typeof toggleStar): RunAction["run"] {
  return async (host, id) => {
    const { marks } = await host.request("lookback/runs/show", { id });
    await edit(host, id, marks);
  };
}
