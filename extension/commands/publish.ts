import type { Command } from "./command.ts";

/** Opens the publish panel on the notebook in front: nothing ships before its button is pressed. */
export const publish: Command = {
  id: "publish",
  title: "Publish…",
  caption: "See what would ship from this notebook and what was checked, then publish it",
  when: (context) => context.notebook !== null,
  async run(host, { notebook }) {
    if (notebook !== null) host.openPanel("publish", { notebook: notebook.path });
  },
};
