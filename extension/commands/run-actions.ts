import type { Host } from "../host.ts";
import { deleteRun } from "../panels/kit/delete-run.ts";
import { askName, askNote, askTags, toggleOfficial, toggleStar } from "../panels/kit/mark-edits.ts";

/** One thing that can be done with a recorded run; a row's context menu shows them in this order. */
export interface RunAction {
  /** Kebab-case; front ends prefix it with `lookback:` or `lookback.`. */
  readonly id: string;
  readonly title: string;
  /** Does it to the run of this id. Failures of the outside world reject; the front end shows their message. */
  run(host: Host, id: string): Promise<void>;
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
    async run(host, id) {
      host.notify("info", "Running it again from its restored inputs. Nothing of yours is written.");
      const { verdict, sentence } = await host.request("lookback/runs/reproduce", { id });
      const isSame = verdict === "identical" || verdict === "statistically the same";
      host.notify(isSame ? "info" : "warning", sentence);
    },
  },
  {
    id: "copy-run-id",
    title: "Copy Run Id",
    run: async (host, id) => host.copy(id),
  },
  { id: "delete-run", title: "Delete", run: deleteRun },
];

/** A row knows its run's id alone. */
function marked(edit: typeof toggleStar): RunAction["run"] {
  return async (host, id) => {
    const { marks } = await host.request("lookback/runs/show", { id });
    await edit(host, id, marks);
  };
}
