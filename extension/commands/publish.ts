import { runCopyRefusal } from "../hosts/run-copy.ts";
import type { Command } from "./command.ts";

/** Opens the publish panel on the notebook in front: nothing ships before its button is pressed. */
export const publish: Command = {
  id: "publish",
  title: "Publish…",
  icon: "publish",
  caption: "See what would ship from this notebook and what was checked, then publish it",
  when: (context) => context.notebook !== null || context.copy !== null,
  async run(host, { notebook, copy }) {
    if (copy !== null) host.notify("warning", runCopyRefusal(copy, "published"));
    else if (notebook !== null) host.openPanel("publish", { notebook: notebook.path });
  },
};
