import { readFile } from "node:fs/promises";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { PublishContext } from "./publish-context.ts";
import type { Selection } from "./selection.ts";
import { unsavedCells } from "./unsaved-cells.ts";
import { wholeRuns } from "./whole-runs.ts";

/** Checking takes a while: what was edited, saved or run meanwhile would not be what ships. Fails with `publish/changed-meanwhile`. */
export async function refuseChanged(
  context: Pick<PublishContext, "store" | "onScreen">,
  { path, bytes, run, plan, notebook }: Selection,
): Promise<void> {
  const now = await readFile(path).catch(() => null);
  const screen = context.onScreen?.(path) ?? null;
  const newest = await wholeRuns(context.store, plan.notebook, notebook);
  const why =
    now === null || !now.equals(bytes)
      ? "the file was saved again"
      : screen !== null && unsavedCells(notebook, screen) !== null
        ? "it was edited"
        : newest.newerOfOther !== null || newest.ships?.id !== run?.id
          ? "it was run again"
          : null;
  if (why === null) return;
  throw new Failure(
    "publish/changed-meanwhile",
    `The notebook changed while it was checked: ${why}. Nothing was published.`,
    { advice: "Look at what would ship now, then publish again." },
  );
}
