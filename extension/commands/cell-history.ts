import { runCopyTitle } from "../hosts/run-copy.ts";
import type { Command } from "./command.ts";

/** Opens every version of the cell at the cursor that ever ran. */
export const cellHistory: Command = {
  id: "cell-history",
  title: "Cell History",
  icon: "logo",
  caption: "Every version of this cell that ran: what it gave, read and scored",
  when: ({ notebook, copy }) => copy !== null || (notebook !== null && notebook.cellId !== null),
  async run(host, { notebook, copy }) {
    if (copy !== null)
      host.notify(
        "info",
        `${runCopyTitle(copy)} is one of its versions. Ask for the history in the notebook itself.`,
      );
    else if (notebook !== null && notebook.cellId !== null) {
      const { path, uri, cellId } = notebook;
      host.openPanel("cell-history", { notebook: path, uri, cellId });
    }
  },
};
