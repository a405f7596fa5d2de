import { failureOf, failureText } from "@lookback/protocol/failures.ts";
import type { Host } from "../../host.ts";

export interface Restoring {
  readonly data: boolean;
  readonly inPlace: boolean;
}

/** Restores a run, opens its notebook, and says what could not be had or was not done. In place it asks before what is kept nowhere else is replaced. */
export async function restoreRun(host: Host, id: string, how: Restoring): Promise<void> {
  try {
    const { path, missing, replaced } = await asked(host, id, how);
    host.openFile(path);
    for (const { copy } of replaced) host.notify("info", `A copy of what was there is kept: ${copy}`);
    const names = missing.map(({ path: name, reason, advice }) =>
      [`${name} was not restored.`, reason, advice ?? ""].filter(Boolean).join(" "),
    );
    if (names.length > 0) host.notify("warning", names.slice(0, 5).join("\n"));
  } catch (error) {
    host.notify("error", failureText(error));
  }
}

async function asked(host: Host, id: string, how: Restoring) {
  try {
    return await host.request("lookback/runs/restore", { id, ...how });
  } catch (error) {
    const isRefused = how.inPlace && failureOf(error).code === "restore/unsaved";
    const body = "What it holds now is in no run and not committed. A copy of it is kept.";
    if (!isRefused || !(await host.confirm("Replace the notebook?", body, "Replace"))) throw error;
    return host.request("lookback/runs/restore", { id, ...how, force: true });
  }
}
