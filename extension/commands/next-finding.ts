import type { CommandHost } from "../host.ts";
import type { Command, CommandContext } from "./command.ts";
import { findingBeyond } from "./finding-at.ts";

/** Puts the cursor on the next finding of the notebook or script in front. */
export const nextFinding: Command = {
  id: "next-finding",
  title: "Next Finding",
  icon: "finding",
  caption: "Go to the next finding, after the last to the first",
  when: isAnywhere,
  run: (host, context) => goBeyond(host, context, false),
};

/** Puts the cursor on the finding before. */
export const previousFinding: Command = {
  id: "previous-finding",
  title: "Previous Finding",
  icon: "finding",
  caption: "Go to the finding before, from the first to the last",
  when: isAnywhere,
  run: (host, context) => goBeyond(host, context, true),
};

function isAnywhere({ cursor, notebook }: CommandContext): boolean {
  return cursor !== null || notebook !== null;
}

async function goBeyond(
  host: CommandHost,
  { cursor, notebook }: CommandContext,
  back: boolean,
): Promise<void> {
  const uri = cursor?.uri ?? notebook?.uri;
  if (uri === undefined) return;
  const { said } = await host.request("lookback/findings/list", { uri });
  const found = said && findingBeyond(said.findings, cursor, notebook?.cellIds ?? [], back);
  if (found) await host.goTo(found.at);
  else
    host.notify(
      "info",
      said?.coverage.read
        ? `Nothing is found in what was read: ${said.coverage.read}.`
        : "Nothing is found here.",
    );
}
