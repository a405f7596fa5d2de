import type { Command } from "./command.ts";

/** Opens the list of runs. */
export const showRuns: Command = {
  id: "show-runs",
  title: "Show Runs",
  icon: "logo",
  caption: "Every run of this workspace's notebooks: what came out, from what",
  when: () => true,
  async run(host) {
    host.openPanel("runs", {});
  },
};
