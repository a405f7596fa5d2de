import { runCopyRefusal } from "../hosts/run-copy.ts";
import type { Command } from "./command.ts";

/** Opens the honest score of the notebook in front. */
export const showHonestScore: Command = {
  id: "show-honest-score",
  title: "Show the Honest Score",
  icon: "honest",
  caption:
    "What the score is without the leaks, and what each of them gave to it; the notebook stays as it is",
  when: (context) => context.notebook !== null || context.copy !== null,
  async run(host, { notebook, copy }) {
    if (copy !== null) host.notify("warning", runCopyRefusal(copy, "run again without its leaks"));
    else if (notebook !== null)
      host.openPanel("honest", { notebook: notebook.path, asked: new Date().toISOString() });
  },
};
