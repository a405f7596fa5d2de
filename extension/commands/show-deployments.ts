import type { Command } from "./command.ts";

/** Opens what is in production. */
export const showDeployments: Command = {
  id: "show-deployments",
  title: "Show Deployments",
  icon: "deployments",
  caption: "What is live, since when, and every prediction it made",
  when: () => true,
  async run(host) {
    host.openPanel("deployments", {});
  },
};
