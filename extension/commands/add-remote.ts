import type { Command } from "./command.ts";
import { askRemote } from "./share.ts";

/** Adds a place that runs are shared through. */
export const addRemote: Command = {
  id: "add-remote",
  title: "Add Remote…",
  icon: "publish",
  caption: "Name a folder, an S3 bucket or a host behind ssh that runs are shared through",
  when: () => true,
  run: async (host) => void (await askRemote(host)),
};
