import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { IEditorServices } from "@jupyterlab/codeeditor";
import { IEditorExtensionRegistry, IEditorLanguageRegistry } from "@jupyterlab/codemirror";
import { ICompletionProviderManager } from "@jupyterlab/completer";
import { IDocumentManager } from "@jupyterlab/docmanager";
import { INotebookTracker, NotebookPanel } from "@jupyterlab/notebook";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { IStatusBar } from "@jupyterlab/statusbar";
import { registerCommands } from "./commands.ts";
import { connectLanguageServer } from "./connection/language-server.ts";
import { attachEditors } from "./editor/attached-editors.ts";
import { showCodeLenses } from "./editor/code-lens.ts";
import { completionProvider } from "./editor/completion-provider.ts";
import { goToFinding } from "./editor/go-to-finding.ts";
import { describeOnHover } from "./editor/hover.ts";
import { lightbulb } from "./editor/quick-fix.ts";
import { showFindings } from "./editor/show-findings.ts";
import { showSettingsProblems } from "./editor/show-settings-problems.ts";
import { observeKernels } from "./kernel/observe-kernels.ts";
import { recordRuns } from "./kernel/record-runs.ts";
import { sayRecordings } from "./kernel/say-recordings.ts";
import { labHost } from "./lab-host.ts";
import { watchFindings } from "./notebooks/findings.ts";
import type { NotebookDocument } from "./notebooks/notebook-document.ts";
import { trackNotebooks } from "./notebooks/open-notebooks.ts";
import { panelOpener } from "./panels/open-panels.ts";
import { rulePages } from "./panels/rule-pages.ts";
import { runCopies } from "./panels/run-copies.ts";
import { sourceDiff } from "./panels/source-diff.ts";
import { sayServerGone } from "./say-server-gone.ts";
import { followSettings } from "./settings.ts";
import { StatusItem } from "./status-item.ts";
import "./style.css";

/** Lookback in JupyterLab: wires the parts together and holds no logic of its own. */
const plugin: JupyterFrontEndPlugin<void> = {
  id: "@lookback/jupyterlab:plugin",
  description: "Runs, leakage findings, join previews and publishing.",
  autoStart: true,
  requires: [
    INotebookTracker,
    IEditorExtensionRegistry,
    IEditorServices,
    IRenderMimeRegistry,
    IDocumentManager,
    NotebookPanel.IContentFactory,
    IEditorLanguageRegistry,
  ],
  optional: [ICompletionProviderManager, ISettingRegistry, ICommandPalette, IStatusBar, ILayoutRestorer],
  activate,
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  tracker: INotebookTracker,
  editorExtensions: IEditorExtensionRegistry,
  services: IEditorServices,
  rendermime: IRenderMimeRegistry,
  documents: IDocumentManager,
  notebookFactory: NotebookPanel.IContentFactory,
  languages: IEditorLanguageRegistry,
  completer: ICompletionProviderManager | null,
  settingRegistry: ISettingRegistry | null,
  palette: ICommandPalette | null,
  statusBar: IStatusBar | null,
  restorer: ILayoutRestorer | null,
): void {
  const server = connectLanguageServer(app.serviceManager.serverSettings);
  const notebooks = trackNotebooks(tracker, server, app.serviceManager.contents);
  const panels = panelOpener(app, notebooks);
  const copies = runCopies({ app, server, services, rendermime, notebookFactory }, restorer);
  const editors = attachEditors(editorExtensions, notebooks, (attached) => [
    lightbulb(),
    describeOnHover(attached, server, rendermime),
  ]);
  const showRule = rulePages(app, server, rendermime);
  const goTo = {
    notebooks,
    editors,
    activate: ({ panel }: NotebookDocument) => app.shell.activateById(panel.id),
  };
  const drawChange = sourceDiff(languages, ["before", "after"]);
  const settings = followSettings(settingRegistry, plugin.id);
  const host = labHost({
    app,
    documents,
    server,
    notebooks,
    panels,
    services,
    copies,
    drawSourceDiff: sourceDiff(languages),
    drawChange,
    goTo,
    settings,
    showRule,
  });
  const findings = watchFindings(server, notebooks);
  showFindings(
    {
      server,
      editors,
      measure: host.measure,
      drawDiff: drawChange,
      explain: (offer) => host.openPanel("finding", offer),
    },
    findings,
    { showRule: host.openRulePage, goTo: (place) => void host.goTo(place) },
  );
  showSettingsProblems({ app, documents, server }, editors);
  const lenses = showCodeLenses(server, notebooks, app.commands);
  completer?.registerProvider(completionProvider(server, notebooks));

  const recording = () => settings.current().recording;
  const recorder = recordRuns(server, notebooks, recording);
  const status = new StatusItem({
    server,
    notebooks,
    findings,
    recorder,
    explain: sayRecordings(recorder).explain,
    restartServer: () => void app.commands.execute("lookback:restart-server"),
    goToFirstFinding: () => goToFinding(findings, goTo),
    showRuns: () => void app.commands.execute("lookback:show-runs"),
    showLastRun: () => void app.commands.execute("lookback:show-last-run"),
  });
  observeKernels(server, notebooks, recording, recorder);
  statusBar?.registerStatusItem("lookback:status", { item: status, align: "right", rank: 90 });
  tracker.currentChanged.connect(() => status.refresh());

  registerCommands(app, {
    host,
    notebooks,
    editors,
    copies,
    palette,
  });
  sayServerGone(server);
  panels.addSidebar(host);
  const sayLint = () =>
    server.notify("workspace/didChangeConfiguration", {
      settings: { lookback: { lint: settings.current().lint } },
    });
  server.started.connect(sayLint);
  settings.changed(sayLint);
  settings.changed(({ linting, codeLens }) => {
    findings.enabled(linting);
    lenses.enabled(codeLens);
  });
}
