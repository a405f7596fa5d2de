import type { Host } from "@lookback/extension/host.ts";
import { type Diagnostic, type Disposable, languages, StatusBarAlignment, ThemeColor, window } from "vscode";

/** Two items in the status bar: the leaks of the notebook in front, and the newest run since the window opened. */
export function statusBar(host: Host): Disposable {
  const leaks = window.createStatusBarItem("lookback.leaks", StatusBarAlignment.Left, 10);
  leaks.name = "Lookback: leaks";
  leaks.command = "workbench.actions.view.problems";
  const run = window.createStatusBarItem("lookback.run", StatusBarAlignment.Left, 9);
  run.name = "Lookback: last run";
  run.command = "lookback.show-last-run";

  const count = () => {
    const found = leaksInFront();
    if (found === 0) {
      leaks.hide();
      return;
    }
    leaks.text = `◇ ${found} ${found === 1 ? "leak" : "leaks"}`;
    leaks.tooltip = "What this notebook knows too early. Scores of such runs are not comparable.";
    leaks.color = new ThemeColor("editorWarning.foreground");
    leaks.show();
  };
  count();

  const subscriptions = [
    leaks,
    run,
    languages.onDidChangeDiagnostics(count),
    window.onDidChangeActiveNotebookEditor(count),
    {
      dispose: host.on("lookback/runs/changed", ({ id }) => {
        if (id === null) return;
        const at = new Date().toLocaleTimeString(undefined, {
          hour: "2-digit",
          minute: "2-digit",
          hourCycle: "h23",
        });
        run.text = `$(history) run recorded ${at}`;
        run.show();
      }),
    },
  ];
  return {
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function leaksInFront(): number {
  const notebook = window.activeNotebookEditor?.notebook;
  if (notebook === undefined) return 0;
  return notebook
    .getCells()
    .flatMap((cell) => languages.getDiagnostics(cell.document.uri))
    .filter((diagnostic) => diagnostic.severity <= WARNING && isLeak(diagnostic)).length;
}

/** A leak says why it is one; what is wrong with a feature definition does not. */
function isLeak(diagnostic: Diagnostic): boolean {
  if (diagnostic.source !== "lookback" || !("data" in diagnostic)) return false;
  const { data } = diagnostic;
  return typeof data === "object" && data !== null && "why" in data;
}

/** `DiagnosticSeverity.Warning`; errors are below it. */
const WARNING = 1;
