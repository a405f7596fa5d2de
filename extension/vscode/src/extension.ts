import { type ExplainOffer, explainCommand } from "@lookback/protocol/findings.ts";
import { commands, type Disposable, type ExtensionContext, extensions, Uri, window } from "vscode";
import { registerCommands } from "./commands.ts";
import { JUPYTER, watchJupyter } from "./kernel/jupyter-extension.ts";
import type { KernelOwner } from "./kernel/kernel-owner.ts";
import { notebookController } from "./kernel/notebook-controller.ts";
import { type KernelRecorder, kernelRecorder } from "./kernel/record-runs.ts";
import { watchFromStart } from "./kernel/watch-from-start.ts";
import { type Server, startServer } from "./language-client.ts";
import { type Log, logTo } from "./log.ts";
import { allowFinding } from "./notebooks/allow-finding.ts";
import { measureFindings } from "./notebooks/measure-findings.ts";
import { pullFindings } from "./notebooks/pull-findings.ts";
import { openPanels } from "./panels/open-panels.ts";
import { rulePages } from "./panels/rule-pages.ts";
import { runCopies } from "./panels/run-copies.ts";
import { shownTexts } from "./panels/shown-texts.ts";
import { sayServerGone } from "./say-server-gone.ts";
import { namedPython } from "./settings.ts";
import { statusBar } from "./status-bar.ts";
import { vscodeHost } from "./vscode-host.ts";

/** Starts Lookback in this window: the server, the panels, the commands, and a way to observe kernels. */
export async function activate(context: ExtensionContext): Promise<void> {
  const channel = window.createOutputChannel("Lookback", { log: true });
  const log = logTo(channel);
  const own = <T extends Disposable>(thing: T): T => {
    context.subscriptions.push(thing);
    return thing;
  };
  own(channel);
  own(commands.registerCommand("lookback.show-log", () => channel.show()));

  const began = Date.now();
  const python = namedPython();
  const env: Record<string, string> = python === undefined ? {} : { LOOKBACK_PYTHON: python };
  const server = await startServer(
    Uri.joinPath(context.extensionUri, "dist", "server", "lookback.mjs"),
    env,
    channel,
  );
  own({ dispose: () => void server.stop() });
  log("info", "server started", { ms: Date.now() - began });

  own(sayServerGone(server));
  const copies = own(runCopies(server));
  const recorder = kernelRecorder(server, log);
  const panels = own(openPanels(context.extensionUri));
  const host = vscodeHost({
    server,
    texts: own(shownTexts()),
    copies,
    engine: () => Promise.reject(new Error("Only a page has the engine's files.")),
    openPanel: panels.open,
    log,
  });
  panels.connect(host);
  for (const command of registerCommands({ host, server, copies, log })) own(command);
  own(pullFindings(server, log));
  own(allowFinding());
  own(commands.registerCommand(explainCommand, (offer: ExplainOffer) => host.openPanel("finding", offer)));
  own(rulePages(server));
  own(statusBar(server, recorder));
  const owner = own(kernels(context, server, recorder, log));
  own(measureFindings(host, server, owner));
}

function watchedKernels(owner: KernelOwner, fromStart: Disposable): KernelOwner {
  return {
    runAside: owner.runAside,
    dispose() {
      owner.dispose();
      fromStart.dispose();
    },
  };
}

/** Never two masters: where the Jupyter extension runs kernels, Lookback watches; elsewhere it runs its own. */
function kernels(context: ExtensionContext, server: Server, recorder: KernelRecorder, log: Log): KernelOwner {
  const fitting = () =>
    extensions.getExtension(JUPYTER)
      ? watchedKernels(watchJupyter(recorder, log), watchFromStart(context, server, log))
      : notebookController(recorder, log);
  let present = extensions.getExtension(JUPYTER) !== undefined;
  let current = fitting();
  const changes = extensions.onDidChange(() => {
    if (present === (extensions.getExtension(JUPYTER) !== undefined)) return;
    present = !present;
    current.dispose();
    current = fitting();
  });
  return {
    runAside: (notebook, code) => current.runAside(notebook, code),
    dispose() {
      changes.dispose();
      current.dispose();
    },
  };
}
