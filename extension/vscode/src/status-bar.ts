import { lintWords } from "@lookback/extension/hosts/lint-words.ts";
import { runningCells } from "@lookback/extension/hosts/running-cells.ts";
import { type StatusWords, statusWords } from "@lookback/extension/hosts/status-words.ts";
import { failureText } from "@lookback/protocol/failures.ts";
import {
  commands,
  type Diagnostic,
  type Disposable,
  languages,
  type NotebookDocument,
  StatusBarAlignment,
  ThemeColor,
  window,
  workspace,
} from "vscode";
import type { KernelRecorder } from "./kernel/record-runs.ts";
import type { Server } from "./language-client.ts";
import { nameOf } from "./workspace-files.ts";

/** Two items in the status bar: the leaks of the notebook in front, and what became of its newest run. A run that is not recorded is also said where it cannot be overlooked. */
export function statusBar(server: Server, { runs }: KernelRecorder): Disposable {
  const leaks = window.createStatusBarItem("lookback.leaks", StatusBarAlignment.Left, 10);
  leaks.name = "Lookback: leaks";
  leaks.command = "workbench.actions.view.problems";
  const run = window.createStatusBarItem("lookback.run", StatusBarAlignment.Left, 9);
  run.name = "Lookback: last run";
  const said = new Set<NotebookDocument>();

  const count = () => {
    const { text, tooltip, mark } = lintWords(
      inFront(isLeak).length,
      inFront(isUnread).length,
      inFront(isLeftOut).map(({ message }) => message),
    );
    if (text === "") {
      leaks.hide();
      return;
    }
    leaks.text = `${mark} ${text}`;
    leaks.tooltip = tooltip;
    leaks.color = new ThemeColor("editorWarning.foreground");
    leaks.show();
  };
  const say = () => {
    const notebook = window.activeNotebookEditor?.notebook;
    const words = statusWords(server, {
      recording: notebook ? runs.of(notebook) : null,
      running: notebook ? running.of(nameOf(notebook.uri)) : null,
      now: Date.now(),
      agoText: clockTime,
    });
    run.text = `${icons[words.tone]} ${words.text}`;
    run.tooltip = words.tooltip;
    run.command = words.action === null ? undefined : commandOf[words.action];
    run.backgroundColor =
      words.tone === "warning" ? new ThemeColor("statusBarItem.warningBackground") : undefined;
    if (words.text === "") run.hide();
    else run.show();
  };
  const running = runningCells(
    {
      ask: () => server.request("lookback/runs/waiting", {}),
      onWaits: (listener) => server.on("lookback/runs/waits", listener),
      now: Date.now,
      eachSecond(work) {
        const timer = setInterval(work, 1_000);
        return () => clearInterval(timer);
      },
    },
    () => say(),
  );
  const explain = async (notebook: NotebookDocument | undefined) => {
    const state = notebook && runs.of(notebook);
    if (!notebook || !state || !("failure" in state)) return;
    const text = failureText(state.failure);
    const tries = state.state === "failed" ? ["Try Again"] : [];
    const chosen = await window.showErrorMessage(text, ...tries, "Show Log");
    if (chosen === "Try Again") runs.record(notebook);
    if (chosen === "Show Log") await commands.executeCommand("lookback.show-log");
  };
  runs.onChange((notebook) => {
    say();
    const state = runs.of(notebook);
    if (state === null || state.state === "recorded") said.delete(notebook);
    if (!state || !("failure" in state)) return;
    // Where no folder is open nothing is recorded, by design: the status bar says it to who looks.
    if (said.has(notebook) || state.failure.code === "workspace/no-folder") return;
    said.add(notebook);
    void explain(notebook);
  });
  count();
  say();

  const subscriptions = [
    leaks,
    run,
    running,
    languages.onDidChangeDiagnostics(count),
    window.onDidChangeActiveNotebookEditor(count),
    window.onDidChangeActiveNotebookEditor(say),
    server.onState(() => {
      say();
      if (server.state === "ready") running.look();
    }),
    workspace.onDidCloseNotebookDocument((notebook) => {
      runs.close(notebook);
      said.delete(notebook);
    }),
    commands.registerCommand(EXPLAIN, () => explain(window.activeNotebookEditor?.notebook)),
  ];
  return {
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

const EXPLAIN = "lookback.explain-recording";

const commandOf: Readonly<Record<NonNullable<StatusWords["action"]>, string>> = {
  "show-last-run": "lookback.show-last-run",
  "show-runs": "lookback.show-runs",
  "restart-server": "lookback.restart-server",
  explain: EXPLAIN,
};

const icons: Readonly<Record<StatusWords["tone"], string>> = { plain: "$(history)", warning: "$(warning)" };

function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** The diagnostics of the notebook in front that are of a kind. */
function inFront(isMeant: (diagnostic: Diagnostic) => boolean): readonly Diagnostic[] {
  // A page of a finding in front is about the notebook beside it.
  const beside = window.activeTextEditor ? undefined : window.visibleNotebookEditors[0];
  const cells = (window.activeNotebookEditor ?? beside)?.notebook.getCells() ?? [];
  return cells.flatMap((cell) => languages.getDiagnostics(cell.document.uri)).filter(isMeant);
}

/** A leak says why it is one; what is wrong with a feature definition does not. */
function isLeak(diagnostic: Diagnostic): boolean {
  return diagnostic.severity <= WARNING && "why" in dataOf(diagnostic);
}

function isUnread(diagnostic: Diagnostic): boolean {
  const data = dataOf(diagnostic);
  return "weight" in data && data.weight === "unread";
}

function isLeftOut(diagnostic: Diagnostic): boolean {
  return "isLeftOut" in dataOf(diagnostic);
}

/** What the server said besides the message; empty for what others found. */
function dataOf(diagnostic: Diagnostic): object {
  if (diagnostic.source !== "lookback" || !("data" in diagnostic)) return {};
  return typeof diagnostic.data === "object" && diagnostic.data !== null ? diagnostic.data : {};
}

/** `DiagnosticSeverity.Warning`; errors are below it. */
const WARNING = 1;
