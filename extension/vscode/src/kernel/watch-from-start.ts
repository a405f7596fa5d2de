import { createHash } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { failureOf } from "@lookback/protocol/failures.ts";
import {
  ConfigurationTarget,
  commands,
  type Disposable,
  type ExtensionContext,
  window,
  workspace,
} from "vscode";
import startup from "../../../../kernel-bridge/python/lookback_startup.py";
import type { Server } from "../language-client.ts";
import type { Log } from "../log.ts";
import { recordsRuns } from "../settings.ts";
import { nameOf } from "../workspace-files.ts";
import { hasOurs, startupLine, withOurs, withoutOurs } from "./startup-commands.ts";

/**
 * Sees kernels of the Jupyter extension before their first cell: with the person's consent, asked once, one line in the
 * setting `jupyter.runStartupCommands` has each new kernel run a file of ours. For every open folder that file finds what
 * starts the observer there. Nothing of it is in the workspace; it can be undone at once and by a command later.
 */
export function watchFromStart(context: ExtensionContext, server: Server, log: Log): Disposable {
  const folder = join(context.globalStorageUri.fsPath, "kernel-start");
  const file = join(folder, "startup.py");

  const prepare = async () => {
    if (!hasOurs(setting())) return;
    await mkdir(folder, { recursive: true });
    await writeFile(file, `SETTINGS = ${JSON.stringify({ prepared: folder })}\n${startup}`);
    for (const { uri } of workspace.workspaceFolders ?? []) {
      const path = join(folder, `${createHash("sha256").update(uri.fsPath).digest("hex").slice(0, 24)}.json`);
      await rm(path, { force: true });
      const notebook = nameOf(uri.with({ path: `${uri.path}/unnamed.ipynb` }));
      const asked = { notebook, kernelId: "lookback-pending-session", record: recordsRuns() };
      const { code, problem } = await server.request("lookback/kernel/observe", asked);
      if (problem === null) await writeFile(path, JSON.stringify({ folder: uri.fsPath, code }));
      else log("warn", "kernels of a folder not prepared", { folder: uri.fsPath, ...problem });
    }
  };
  const prepareOrSay = () =>
    prepare().catch((error: unknown) => log("warn", "kernels not prepared", { ...failureOf(error) }));

  const begin = async () => {
    await change(withOurs(setting(), startupLine(file)));
    await prepareOrSay();
    const said =
      "Kernels that start from now on are seen from their first cell. One line was added to the setting jupyter.runStartupCommands.";
    if ((await window.showInformationMessage(said, "Undo")) === "Undo") await end();
  };
  const end = async () => {
    await change(withoutOurs(setting()));
    await rm(folder, { recursive: true, force: true });
    void window.showInformationMessage(
      "The line was taken out of jupyter.runStartupCommands. The first run of a new kernel is not recorded.",
    );
  };
  const ask = async () => {
    if (hasOurs(setting()) || context.globalState.get(ASKED) === true || !recordsRuns()) return;
    await context.globalState.update(ASKED, true);
    const question =
      "The Jupyter extension lets others into a kernel only behind its queued cells, so the first Run All would not be recorded. Add one line to the setting jupyter.runStartupCommands to see kernels from their start?";
    if ((await window.showInformationMessage(question, "Add the Line", "Not Now")) === "Add the Line")
      await begin();
  };
  const notebookOpen = () =>
    workspace.notebookDocuments.some(({ notebookType }) => notebookType === "jupyter-notebook");
  const askOrSay = () =>
    ask().catch((error: unknown) => {
      const failure = failureOf(error);
      log("error", "setting not changed", { ...failure });
      void window.showErrorMessage(failure.message);
    });
  if (notebookOpen()) void askOrSay();
  void prepareOrSay();

  const subscriptions = [
    workspace.onDidOpenNotebookDocument(() => notebookOpen() && void askOrSay()),
    workspace.onDidChangeWorkspaceFolders(prepareOrSay),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("lookback.recordRuns") || change.affectsConfiguration(SETTING))
        void prepareOrSay();
    }),
    commands.registerCommand("lookback.watch-from-start", begin),
    commands.registerCommand("lookback.stop-watching-from-start", end),
  ];
  return {
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

const SETTING = "jupyter.runStartupCommands";
const ASKED = "lookback.asked-to-watch-from-start";

/** The person's own setting: what a workspace sets is not ours to change, and would be shared with others. */
function setting(): unknown {
  return workspace.getConfiguration().inspect(SETTING)?.globalValue;
}

async function change(value: string | string[] | undefined): Promise<void> {
  await workspace.getConfiguration().update(SETTING, value, ConfigurationTarget.Global);
}
