import type { Command } from "./command.ts";

/** Makes every fix that changes nothing but its leak. */
export const fixAll: Command = {
  id: "fix-all",
  title: "Fix All Safe",
  icon: "finding",
  caption: "Make every fix that changes nothing but its leak",
  when: ({ cursor, notebook, mayBeFixed }) => mayBeFixed && (cursor !== null || notebook !== null),
  async run(host, { cursor, notebook }) {
    const uri = cursor?.uri ?? notebook?.uri;
    if (uri === undefined) return;
    const { changes } = await host.request("lookback/findings/fix-all", { uri });
    if (changes.length > 0) await host.change("Fix All Safe", changes, false);
    else host.notify("info", "There is nothing here that can be fixed without a look at it.");
  },
};
