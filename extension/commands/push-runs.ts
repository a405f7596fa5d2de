import type { Command } from "./command.ts";
import { share } from "./share.ts";

/** Sends the runs of this workspace to a remote. */
export const pushRuns: Command = {
  id: "push-runs",
  title: "Push Runs",
  icon: "publish",
  caption: "Send this workspace's runs, their data and what was said of them to where your team shares them",
  when: () => true,
  run: (host) =>
    share(host, "Pushing runs", "sent to", ({ folder, name }, signal) =>
      host.request("lookback/remotes/push", { folder, name }, signal),
    ),
};
