import type { Result } from "@lookback/protocol/requests.ts";
import type { Command, CommandContext } from "./command.ts";

/** Opens the join preview on the training set nearest to the cursor: in its cell, else the last one above, else the first below. */
export const previewJoin: Command = {
  id: "preview-join",
  title: "Preview Join",
  icon: "join",
  caption: "Show which rows a training set would get, as of each moment of prediction",
  when: (context) => context.notebook !== null,
  async run(host, context) {
    const { notebook } = context;
    if (notebook === null) return;
    const sets = await host.request("lookback/join/sets", { uri: notebook.uri });
    const set = nearest(sets, notebook);
    if (set === undefined) {
      host.notify(
        "info",
        "This notebook defines no training set yet. Add a TrainingSet, then preview its join.",
      );
      return;
    }
    host.openPanel("join-preview", { uri: notebook.uri, trainingSet: set.name });
  },
};

type Notebook = NonNullable<CommandContext["notebook"]>;
type TrainingSet = Result<"lookback/join/sets">[number];

function nearest(sets: readonly TrainingSet[], { cellId, cellIds }: Notebook): TrainingSet | undefined {
  const position = (set: TrainingSet) => (set.cellId === null ? 0 : cellIds.indexOf(set.cellId));
  const cursor = cellId === null ? cellIds.length : cellIds.indexOf(cellId);
  const ordered = [...sets].sort((a, b) => position(a) - position(b) || a.line - b.line);
  return ordered.findLast((set) => position(set) <= cursor) ?? ordered[0];
}
