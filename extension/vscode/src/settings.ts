import { resolve } from "node:path";
import { workspace } from "vscode";
import { folderOf } from "./workspace-files.ts";

/** Whether runs shall be recorded. */
export function recordsRuns(): boolean {
  return workspace.getConfiguration("lookback").get("recordRuns", true);
}

/** The Python named in the settings; undefined when it shall be found. A name with a slash is a path, relative to the workspace. */
export function namedPython(): string | undefined {
  const setting = workspace.getConfiguration("lookback").get("python", "").trim();
  if (setting === "") return undefined;
  const root = folderOf();
  return root !== null && /[\\/]/.test(setting) ? resolve(root.fsPath, setting) : setting;
}
