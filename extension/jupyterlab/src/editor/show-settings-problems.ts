import { setDiagnostics } from "@codemirror/lint";
import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { IDocumentManager } from "@jupyterlab/docmanager";
import type { LanguageServer } from "../connection/language-server.ts";
import { type Finding, offsetAt } from "../lsp.ts";
import type { AttachedEditors } from "./attached-editors.ts";

/** Underlines in every open `lookback.toml` what is wrong with it, as it is typed. */
export function showSettingsProblems(
  {
    app,
    documents,
    server,
  }: {
    readonly app: JupyterFrontEnd;
    readonly documents: IDocumentManager;
    readonly server: LanguageServer;
  },
  editors: AttachedEditors,
): void {
  const followed = new Set<Context>();
  const look = () => {
    for (const widget of app.shell.widgets("main")) {
      const context = documents.contextForWidget(widget);
      if (context === undefined || followed.has(context) || !isSettingsFile(context.path)) continue;
      if (!isRevealed(widget)) continue;
      followed.add(context);
      const path = app.serviceManager.contents.localPath(context.path);
      void follow(context, widget, { server, editors, path, left: () => followed.delete(context) });
    }
  };
  app.shell.currentChanged?.connect(look);
  void app.restored.then(look);
}

function isSettingsFile(path: string): boolean {
  return (path.split(/[/:]/).at(-1) ?? "") === "lookback.toml";
}

/** Until it is closed, or called otherwise. */
async function follow(
  context: Context,
  widget: Revealed,
  {
    server,
    editors,
    path,
    left,
  }: {
    readonly server: LanguageServer;
    readonly editors: AttachedEditors;
    readonly path: string;
    left(): void;
  },
): Promise<void> {
  await context.ready;
  await widget.revealed;
  if (context.isDisposed) return;
  const { model } = context;
  const uri = () => `${server.rootUri}/${path.split("/").map(encodeURIComponent).join("/")}`;
  let version = 0;
  let asked = 0;
  let isLeft = false;
  const ask = async () => {
    asked += 1;
    const mine = asked;
    const textDocument = { uri: uri() };
    const report = await server
      .ask<{ readonly items?: readonly Finding[] }>("textDocument/diagnostic", { textDocument })
      .catch(() => null);
    // What was last said stays where the server could not answer.
    if (report !== null && mine === asked && !isLeft) show(report.items ?? [], model, editors);
  };
  const open = () => {
    version = 1;
    const text = model.toString();
    server.notify("textDocument/didOpen", {
      textDocument: { uri: uri(), languageId: "toml", version, text },
    });
    void ask();
  };
  const change = () => {
    version += 1;
    server.notify("textDocument/didChange", {
      textDocument: { uri: uri(), version },
      contentChanges: [{ text: model.toString() }],
    });
    void ask();
  };
  model.contentChanged.connect(change);
  server.started.connect(open);
  if (server.state === "ready") open();
  const leave = () => {
    if (isLeft) return;
    isLeft = true;
    left();
    server.started.disconnect(open);
    server.notify("textDocument/didClose", { textDocument: { uri: uri() } });
    if (context.isDisposed) return;
    model.contentChanged.disconnect(change);
    show([], model, editors);
  };
  context.disposed.connect(leave);
  context.pathChanged.connect(leave);
}

function show(items: readonly Finding[], model: Context["model"], editors: AttachedEditors): void {
  for (const view of editors.showing(model.sharedModel)) {
    const text = view.state.doc.toString();
    const diagnostics = items.map(({ range, severity = 1, message }) => {
      const from = offsetAt(text, range.start);
      return { from, to: Math.max(from, offsetAt(text, range.end)), severity: severities[severity], message };
    });
    view.dispatch(
      setDiagnostics(
        view.state,
        diagnostics.sort((a, b) => a.from - b.from),
      ),
    );
  }
}

/** A widget that is made before it is shown, as those of documents are. */
interface Revealed {
  readonly revealed: Promise<void>;
}

function isRevealed(widget: object): widget is Revealed {
  return "revealed" in widget;
}

/** An open file, as JupyterLab holds it. */
type Context = NonNullable<ReturnType<IDocumentManager["contextForWidget"]>>;

const severities = { 1: "error", 2: "warning", 3: "info", 4: "hint" } as const;
