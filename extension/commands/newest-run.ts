import type { RunSummary } from "@lookback/protocol/runs.ts";
import type { Host } from "../host.ts";
import type { CommandContext } from "./command.ts";

/** The newest run of the notebook in front that somebody ran; says what to do where it has none. */
export async function newestRun(
  host: Pick<Host, "request" | "notify">,
  { notebook }: CommandContext,
): Promise<RunSummary | null> {
  if (notebook === null) return null;
  const { runs } = await host.request("lookback/runs/list", { notebook: notebook.path, limit: 50 });
  const newest = runs.find(({ origin }) => origin?.kind !== "honest");
  if (newest === undefined) host.notify("info", "No runs of this notebook yet. Run any cell.");
  return newest ?? null;
}
