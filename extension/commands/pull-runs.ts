import type { Command } from "./command.ts";
import { share } from "./share.ts";

/** Fetches the runs of others from a remote; their data stays there until it is asked for. */
export const pullRuns: Command = {
  id: "pull-runs",
  title: "Pull Runs",
  icon: "publish",
  caption: "Fetch the runs that others pushed, and what was said of runs",
  when: () => true,
  run: (host) =>
    share(host, "Pulling runs", "fetched from", ({ folder, name }, signal) =>
      host.request("lookback/remotes/pull", { folder, name, data: "none" }, signal),
    ),
};
